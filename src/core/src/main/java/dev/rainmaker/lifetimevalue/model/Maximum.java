package dev.rainmaker.lifetimevalue.model;

/**
 * Where a search for a maximum ended.
 *
 * @param at the point, in the search's own coordinates
 * @param value the function there
 * @param evaluations how often the function was computed
 * @param converged false where the search gave up before the gradient vanished
 * @param atBound whether some coordinate ended on the border of the box
 */
record Maximum(double[] at, double value, int evaluations, boolean converged, boolean atBound) {}
