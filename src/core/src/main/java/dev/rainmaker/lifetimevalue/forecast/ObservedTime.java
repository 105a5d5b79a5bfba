package dev.rainmaker.lifetimevalue.forecast;

import java.util.List;

/**
 * How many days of deals the data hold up to a day. Where they hold fewer than a window asks for, what was seen in it is scaled up to
 * the whole window: three months of data say nothing about the nine months before them, least of all that nothing was sold.
 *
 * @param days from the first deal of anybody to the as-of day, both included
 */
public record ObservedTime(int days) {

    /** Data of fewer days are taken as this many: a rate measured on less would be multiplied by far too much. */
    public static final int FEWEST_DAYS = 28;

    /** Data that reach back further than any window. */
    public static final ObservedTime LONG = new ObservedTime(Integer.MAX_VALUE);

    /** From the first day of the data to a day. */
    public static ObservedTime between(int firstDay, int asOfDay) {
        return new ObservedTime(Math.max(0, asOfDay - firstDay) + 1);
    }

    /** By what a sum over the last {@code length} days is to be multiplied. */
    public double ofWindow(int length) {
        return (double) length / Math.min(length, Math.max(days, FEWEST_DAYS));
    }

    /** By what a decayed run-rate is to be multiplied: 1/(1 - 2^(-days/half-life)). */
    public double ofDecay(double halfLifeDays) {
        return 1 / (1 - StrictMath.pow(0.5, Math.max(days, FEWEST_DAYS) / halfLifeDays));
    }

    /** {@link #ofDecay} for several half-lives. */
    double[] ofDecays(List<Double> halfLives) {
        return halfLives.stream().mapToDouble(this::ofDecay).toArray();
    }
}
