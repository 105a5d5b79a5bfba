/** Reads streams into the ledger, page by page. */
@NullMarked
package dev.rainmaker.app.sync;

import org.jspecify.annotations.NullMarked;
