/** The shell around the core: ledger, sync, intake, write-back, console and command line. */
@NullMarked
package dev.rainmaker.app;

import org.jspecify.annotations.NullMarked;
