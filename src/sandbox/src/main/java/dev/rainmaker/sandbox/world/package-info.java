/**
 * What the sandbox org is filled with: a generated world with a known truth, new leads for a live demo, and importers that
 * turn public sales data into a Salesforce data-export folder.
 *
 * <p>Everything here is a function of its arguments: no hidden randomness, the same bytes for the same input. The one reader
 * of a clock is the overload of {@link dev.rainmaker.sandbox.world.GeneratedWorld} that takes today as its as-of day.
 */
@NullMarked
package dev.rainmaker.sandbox.world;

import org.jspecify.annotations.NullMarked;
