package dev.rainmaker.lifetimevalue.model;

import static dev.rainmaker.lifetimevalue.model.GammaFunctions.digamma;
import static dev.rainmaker.lifetimevalue.model.GammaFunctions.lnBeta;

import org.hipparchus.special.Gamma;

/**
 * Rates of few trials each, shrunk towards what partners have in common: k_i of n_i successes, rates over partners
 * Beta(alpha, beta), fitted by maximum likelihood.
 *
 * @param alpha successes of the prior
 * @param beta failures of the prior; alpha + beta is at most {@value #MOST}, which stands for "all partners alike"
 * @param partners with at least one trial
 * @param chiSquare of the test that all partners share one rate, partners - 1 degrees of freedom
 * @param pValue of that test; 1 where there is nothing to compare
 */
public record BetaBinomial(double alpha, double beta, int partners, double chiSquare, double pValue) {

    /** Largest alpha + beta: beyond it the data cannot tell partners apart. */
    public static final double MOST = 1e4;

    private static final double SIGNIFICANT = 0.05;

    public BetaBinomial {
        Parameters.positive("alpha", alpha);
        Parameters.positive("beta", beta);
    }

    /** Whether the data show that partners differ at all (5% level). */
    public boolean differencesEstablished() {
        return pValue < SIGNIFICANT;
    }

    /** Mean of the prior. */
    public double mean() {
        return alpha / (alpha + beta);
    }

    /** Mean of the posterior after k of n. */
    public double mean(double k, double n) {
        return (alpha + k) / (alpha + beta + n);
    }

    /** Log-likelihood up to the binomial coefficients, which do not depend on the parameters. */
    public double logLikelihood(double[] k, double[] n) {
        double sum = 0;
        for (int i = 0; i < k.length; i++) {
            if (n[i] > 0) {
                sum += lnBeta(alpha + k[i], beta + n[i] - k[i]) - lnBeta(alpha, beta);
            }
        }
        return sum;
    }

    /**
     * Fits successes k of trials n. Without trials the prior is Beta(1, 1).
     *
     * @throws IllegalArgumentException where k is not in 0..n
     */
    public static BetaBinomial fit(double[] k, double[] n) {
        double successes = 0;
        double trials = 0;
        int partners = 0;
        for (int i = 0; i < k.length; i++) {
            if (!(k[i] >= 0) || !(n[i] >= k[i])) {
                throw new IllegalArgumentException(
                        "partner " + i + " has " + k[i] + " successes in " + n[i] + " trials");
            }
            successes += k[i];
            trials += n[i];
            partners += n[i] > 0 ? 1 : 0;
        }
        if (partners == 0) {
            return new BetaBinomial(1, 1, 0, 0, 1);
        }
        double common = successes / trials;
        if (partners == 1 || successes == 0 || successes == trials) {
            double p = (successes + 1) / (trials + 2);
            return new BetaBinomial(p * 2, (1 - p) * 2, partners, 0, 1);
        }
        double chiSquare = 0;
        for (int i = 0; i < k.length; i++) {
            if (n[i] > 0) {
                double off = k[i] - n[i] * common;
                chiSquare += off * off / (n[i] * common * (1 - common));
            }
        }
        double pValue = Gamma.regularizedGammaQ((partners - 1) / 2.0, chiSquare / 2);
        return maximise(k, n, partners, common, chiSquare, pValue);
    }

    private static BetaBinomial maximise(
            double[] k, double[] n, int partners, double common, double chiSquare, double pValue) {
        Bfgs.Function mean = (at, gradient) -> {
            double rate = 1 / (1 + StrictMath.exp(-at[0]));
            double strength = StrictMath.exp(at[1]);
            double a = rate * strength;
            double b = strength - a;
            double byA = 0;
            double byB = 0;
            double sum = 0;
            double prior = lnBeta(a, b);
            double psiA = digamma(a);
            double psiB = digamma(b);
            double psiAb = digamma(strength);
            for (int i = 0; i < k.length; i++) {
                if (n[i] > 0) {
                    sum += lnBeta(a + k[i], b + n[i] - k[i]) - prior;
                    double psi = psiAb - digamma(strength + n[i]);
                    byA += digamma(a + k[i]) - psiA + psi;
                    byB += digamma(b + n[i] - k[i]) - psiB + psi;
                }
            }
            gradient[0] = (byA - byB) * strength * rate * (1 - rate) / partners;
            gradient[1] = (byA * a + byB * b) / partners;
            return sum / partners;
        };
        double logit = StrictMath.log(common / (1 - common));
        double[] low = {logit - 8, StrictMath.log(1e-3)};
        double[] high = {logit + 8, StrictMath.log(MOST)};
        Maximum end = new Bfgs(mean, low, high, 1e-9, 1e-12, Bfgs.MOST_EVALUATIONS)
                .from(new double[] {logit, StrictMath.log(10)});
        double rate = 1 / (1 + StrictMath.exp(-end.at()[0]));
        double strength = StrictMath.exp(end.at()[1]);
        return new BetaBinomial(rate * strength, (1 - rate) * strength, partners, chiSquare, pValue);
    }
}
