package dev.rainmaker.lifetimevalue.model;

/**
 * Means of few observations each, shrunk towards the common mean (empirical Bayes by the method of moments).
 *
 * @param mean weighted mean over partners
 * @param within variance of an observation within a partner
 * @param between variance of the true means over partners; 0 = the data cannot tell partners apart
 * @param partners with at least one observation
 */
public record NormalNormal(double mean, double within, double between, int partners) {

    /**
     * Fits means of n observations each.
     *
     * @param within variance within a partner, not negative
     */
    public static NormalNormal fit(double[] means, double[] n, double within) {
        double total = 0;
        double weighted = 0;
        double squares = 0;
        int partners = 0;
        for (int i = 0; i < n.length; i++) {
            if (n[i] > 0) {
                total += n[i];
                weighted += n[i] * means[i];
                squares += n[i] * n[i];
                partners++;
            }
        }
        if (partners == 0) {
            return new NormalNormal(0, within, 0, 0);
        }
        double mean = weighted / total;
        double spread = 0;
        for (int i = 0; i < n.length; i++) {
            if (n[i] > 0) {
                spread += n[i] * (means[i] - mean) * (means[i] - mean);
            }
        }
        double room = total - squares / total;
        double between = room > 0 ? StrictMath.max(0, (spread - (partners - 1) * within) / room) : 0;
        return new NormalNormal(mean, within, between, partners);
    }

    /** Pooled variance within partners, from sums of n, of observations and of their squares; 0 where none has two. */
    public static double pooledWithin(double[] n, double[] sum, double[] sumOfSquares) {
        double spread = 0;
        double degrees = 0;
        for (int i = 0; i < n.length; i++) {
            if (n[i] > 1) {
                spread += StrictMath.max(0, sumOfSquares[i] - sum[i] * sum[i] / n[i]);
                degrees += n[i] - 1;
            }
        }
        return degrees > 0 ? spread / degrees : 0;
    }

    /** Whether partners were found to differ. */
    public boolean differencesEstablished() {
        return between > 0;
    }

    /** Observations that the common mean is worth: within / between; infinite where partners do not differ. */
    public double strength() {
        return within == 0 ? 0 : within / between;
    }

    /** A partner's mean of n observations, shrunk. */
    public double shrunk(double partnerMean, double n) {
        if (!(between > 0) || n == 0) {
            return mean;
        }
        double k = strength();
        return (n * partnerMean + k * mean) / (n + k);
    }

    /** Variance of {@link #shrunk}. */
    public double variance(double n) {
        return between > 0 && within > 0 ? 1 / (n / within + 1 / between) : 0;
    }
}
