/** Writes what the ledger decided back to the connected systems, and reads it back. */
@NullMarked
package dev.rainmaker.app.writeback;

import org.jspecify.annotations.NullMarked;
