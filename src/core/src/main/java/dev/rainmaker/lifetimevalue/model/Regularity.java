package dev.rainmaker.lifetimevalue.model;

/**
 * How regular deal days are (Wheat and Morrison 1990): for consecutive gaps g1, g2 of one partner M = g1/(g1+g2), and
 * k = (1 - 4 Var M) / (8 Var M). Random buying has k = 1; the deal-flow models assume it. Above {@value #TRUSTED} they must not be
 * trusted.
 */
public final class Regularity {

    /** Largest k at which the deal-flow models are used. */
    public static final double TRUSTED = 2;

    /** Fewer pairs of gaps than this say nothing. */
    public static final int FEWEST_PAIRS = 30;

    private int pairs;
    private double sum;
    private double squares;

    /**
     * Adds two consecutive gaps, in days, both positive. Of a partner with more than two gaps, pairs that do not overlap: (g1,g2),
     * (g3,g4), ...; overlapping ones share a gap, and make the partners with most deals count most.
     */
    public void add(double firstGap, double secondGap) {
        double share = firstGap / (firstGap + secondGap);
        pairs++;
        sum += share;
        squares += share * share;
    }

    public int pairs() {
        return pairs;
    }

    /** The estimate of k; NaN with fewer than two pairs, large where all gaps are equal. */
    public double k() {
        if (pairs < 2) {
            return Double.NaN;
        }
        double mean = sum / pairs;
        double variance = StrictMath.max(1e-9, (squares - pairs * mean * mean) / (pairs - 1));
        return (1 - 4 * variance) / (8 * variance);
    }

    /** Whether there is enough evidence that buying is too regular for the deal-flow models. */
    public boolean tooRegular() {
        return pairs >= FEWEST_PAIRS && k() > TRUSTED;
    }
}
