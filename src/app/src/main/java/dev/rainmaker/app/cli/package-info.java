/** The command line. */
@NullMarked
package dev.rainmaker.app.cli;

import org.jspecify.annotations.NullMarked;
