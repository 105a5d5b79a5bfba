/** The partner lifetime value from plain CSV files: no ledger, no server, one pass over the file. */
@NullMarked
package dev.rainmaker.app.lifetimevalue.csv;

import org.jspecify.annotations.NullMarked;
