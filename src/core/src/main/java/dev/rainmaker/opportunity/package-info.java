/** Deals, open and closed. */
@NullMarked
package dev.rainmaker.opportunity;

import org.jspecify.annotations.NullMarked;
