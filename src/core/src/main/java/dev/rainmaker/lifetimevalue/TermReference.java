package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frozen distribution of one metric over the partners of the fit.
 *
 * @param observed partners that had the metric; 0 = absent for the whole tenant, the term is dropped
 * @param lower 1% quantile
 * @param upper 99% quantile
 * @param unit c of ln(1 + v/c): the median positive value
 * @param prior the metric of a partner that lacks it
 * @param established false where partners were not found to differ: every partner then gets the middle
 * @param knots values at which {@code shares} are known, ascending; for percentiles
 * @param shares share of partners below the knot, half of the equal ones included
 */
public record TermReference(
        PlvTerm term,
        int observed,
        double lower,
        double upper,
        double unit,
        double prior,
        boolean established,
        List<Double> knots,
        List<Double> shares) {

    private static final int MOST_KNOTS = 200;
    private static final double WINSOR = 0.01;

    public TermReference {
        knots = List.copyOf(knots);
        shares = List.copyOf(shares);
    }

    static TermReference absent(PlvTerm term) {
        return new TermReference(term, 0, 0, 0, 1, 0, false, List.of(), List.of());
    }

    /** Describes the values; {@code prior} is their mean unless the metric has one of its own. */
    static TermReference of(PlvTerm term, double[] values, double prior, boolean established) {
        if (values.length == 0) {
            return absent(term);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int firstPositive = 0;
        while (firstPositive < n && sorted[firstPositive] <= 0) {
            firstPositive++;
        }
        double unit = firstPositive == n ? 1 : quantile(sorted, firstPositive, 0.5);
        List<Double> knots = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        int next = 0;
        for (int k = 0; k <= MOST_KNOTS; k++) {
            int position = (int) ((long) k * (n - 1) / MOST_KNOTS);
            if (position < next) {
                continue;
            }
            int from = position;
            while (from > 0 && sorted[from - 1] == sorted[position]) {
                from--;
            }
            int to = position;
            while (to + 1 < n && sorted[to + 1] == sorted[position]) {
                to++;
            }
            knots.add(sorted[position]);
            shares.add((from + (to - from + 1) / 2.0) / n);
            next = to + 1;
        }
        return new TermReference(
                term,
                n,
                quantile(sorted, 0, WINSOR),
                quantile(sorted, 0, 1 - WINSOR),
                unit,
                prior,
                established,
                knots,
                shares);
    }

    /** Quantile of the sorted values from {@code start} on, linear between neighbours. */
    static double quantile(double[] sorted, int start, double share) {
        double at = start + share * (sorted.length - 1 - start);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Position of a value in [0, 1]: never falls as the value rises. */
    double position(double value, Normalisation normalisation, double scaleLow, double scaleHigh) {
        if (!established) {
            return 0.5;
        }
        return switch (normalisation) {
            case PERCENTILE -> percentile(value);
            case LOG_MIN_MAX -> between(log(value), log(lower), log(upper));
            case MIN_MAX -> between(value, lower, upper);
            case SCALE -> between(value, scaleLow, scaleHigh);
        };
    }

    private double log(double value) {
        return StrictMath.log1p(Math.max(0, value) / unit);
    }

    private static double between(double value, double low, double high) {
        if (high <= low) {
            return value > high ? 1 : value < low ? 0 : 0.5;
        }
        return Math.min(1, Math.max(0, (value - low) / (high - low)));
    }

    /** The metric below which a share of the partners lie, linear between knots. */
    double valueAt(double share) {
        for (int i = 1; i < knots.size(); i++) {
            if (shares.get(i) >= share) {
                double from = shares.get(i - 1);
                double part = Math.min(1, Math.max(0, (share - from) / (shares.get(i) - from)));
                return knots.get(i - 1) + part * (knots.get(i) - knots.get(i - 1));
            }
        }
        return knots.get(knots.size() - 1);
    }

    /** Share of partners below a value, half of the equal ones included. */
    double percentile(double value) {
        int low = 0;
        int high = knots.size() - 1;
        if (value < knots.get(0)) {
            return 0;
        }
        if (value > knots.get(high)) {
            return 1;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (knots.get(middle) <= value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double from = knots.get(low);
        double to = knots.get(high);
        return to <= from
                ? shares.get(low)
                : shares.get(low) + (value - from) / (to - from) * (shares.get(high) - shares.get(low));
    }
}
