package dev.rainmaker.lifetimevalue;

/**
 * A running sum that keeps what rounding cuts off (two-sum after Knuth), so that order hardly matters and refunds cancel cleanly.
 *
 * @param high the sum to double precision
 * @param low what is missing from it
 */
public record ExactSum(double high, double low) {

    public static final ExactSum ZERO = new ExactSum(0, 0);

    public ExactSum plus(double part) {
        double sum = high + part;
        double back = sum - high;
        double lost = (high - (sum - back)) + (part - back) + low;
        double result = sum + lost;
        return new ExactSum(result, lost - (result - sum));
    }

    public double value() {
        return high + low;
    }
}
