package dev.rainmaker.lifetimevalue;

import org.jspecify.annotations.Nullable;

/**
 * A won deal, or a correction of money.
 *
 * @param day epoch day of closing
 * @param revenue in the tenant's reporting currency, at the rate of that day; zero is allowed, negative too
 * @param margin what remains of it, null where unknown
 * @param correction true for a refund, credit note or late addition: it moves money and counts as no deal
 */
public record Deal(int day, double revenue, @Nullable Double margin, boolean correction) {

    public Deal {
        if (Double.isNaN(revenue) || Double.isInfinite(revenue)) {
            throw new IllegalArgumentException("revenue must be a finite number, not " + revenue);
        }
        if (margin != null && (margin.isNaN() || margin.isInfinite())) {
            throw new IllegalArgumentException("margin must be a finite number, not " + margin);
        }
    }

    /** A deal, or a correction where the amount is negative: nobody wins a deal for less than nothing. */
    public static Deal of(int day, double revenue, @Nullable Double margin) {
        return new Deal(day, revenue, margin, revenue < 0);
    }
}
