package dev.rainmaker.assignment;

import java.math.BigDecimal;

/**
 * Posterior Beta(alpha, beta) of the probability that a partner wins a lead: prior of its peers plus its own wins and
 * losses, counted only on leads older than the outcome window, adjusted for the difficulty of the leads.
 *
 * @param alpha prior + wins, positive
 * @param beta prior + losses, positive
 */
public record Conversion(BigDecimal alpha, BigDecimal beta) {

    /** Nothing known: every rate is as likely as another. */
    public static final Conversion UNIFORM = new Conversion(BigDecimal.ONE, BigDecimal.ONE);

    public Conversion {
        if (alpha.signum() <= 0 || beta.signum() <= 0) {
            throw new IllegalArgumentException("both parameters of a Beta distribution must be positive: "
                    + alpha.toPlainString() + ", " + beta.toPlainString());
        }
    }

    public static Conversion of(String alpha, String beta) {
        return new Conversion(new BigDecimal(alpha), new BigDecimal(beta));
    }

    /** The expected rate. */
    public double mean() {
        double a = alpha.doubleValue();
        return a / (a + beta.doubleValue());
    }
}
