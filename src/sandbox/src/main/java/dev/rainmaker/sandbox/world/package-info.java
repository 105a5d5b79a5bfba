/**
 * What the sandbox org is filled with: a generated world with a known truth, new leads for a live demo, and importers that
 * turn public sales data into a Salesforce data-export folder.
 *
 * <p>Everything here is a function of its arguments: no clock, no hidden randomness, the same bytes for the same input.
 */
@NullMarked
package dev.rainmaker.sandbox.world;

import org.jspecify.annotations.NullMarked;
