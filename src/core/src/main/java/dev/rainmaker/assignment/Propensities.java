package dev.rainmaker.assignment;

import java.math.BigDecimal;

/**
 * A probability per candidate in whole units of 10^-12 that add up to one: rounded first, drawn from afterwards, so that
 * what the receipt shows is exactly the chance the candidate had.
 */
final class Propensities {

    static final int DECIMALS = 12;
    static final long ONE = 1_000_000_000_000L;

    private final long[] units;

    private Propensities(long[] units) {
        this.units = units;
    }

    /** In proportion to the weights; what rounding leaves over goes to the first candidates, one unit each. */
    static Propensities inProportionTo(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("a weight must be finite and not negative: " + weight);
            }
            sum += weight;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("no candidate has a weight");
        }
        long[] units = new long[weights.length];
        long left = ONE;
        for (int i = 0; i < units.length; i++) {
            units[i] = Math.min(left, (long) StrictMath.floor(weights[i] / sum * ONE));
            left -= units[i];
        }
        for (int i = 0; left > 0; i = (i + 1) % units.length) {
            if (weights[i] > 0) {
                units[i]++;
                left--;
            }
        }
        return new Propensities(units);
    }

    /** Certainty for one candidate. */
    static Propensities certain(int chosen, int candidates) {
        long[] units = new long[candidates];
        units[chosen] = ONE;
        return new Propensities(units);
    }

    long units(int candidate) {
        return units[candidate];
    }

    BigDecimal of(int candidate) {
        return BigDecimal.valueOf(units[candidate], DECIMALS);
    }

    /** The candidate in whose stretch of 0 .. 10^12 - 1 the point lies. */
    int at(long point) {
        long before = 0;
        for (int i = 0; i < units.length; i++) {
            before += units[i];
            if (point < before) {
                return i;
            }
        }
        throw new IllegalArgumentException("a draw lies in 0.." + (ONE - 1) + ", not " + point);
    }
}
