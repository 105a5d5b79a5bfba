package dev.rainmaker.lifetimevalue;

/** Number, sum and sum of squares of some observations. */
public record Moments(long n, double sum, double sumOfSquares) {

    public static final Moments NONE = new Moments(0, 0, 0);

    public Moments plus(double observation) {
        return new Moments(n + 1, sum + observation, sumOfSquares + observation * observation);
    }

    /** Takes back an observation added before. */
    public Moments minus(double observation) {
        if (n == 0) {
            throw new IllegalStateException("there is no observation to take back");
        }
        return n == 1 ? NONE : new Moments(n - 1, sum - observation, sumOfSquares - observation * observation);
    }

    /** The mean, NaN of none. */
    public double mean() {
        return sum / n;
    }
}
