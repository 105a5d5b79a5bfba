package dev.rainmaker.lifetimevalue.model;

import static dev.rainmaker.lifetimevalue.model.GammaFunctions.digamma;
import static dev.rainmaker.lifetimevalue.model.GammaFunctions.lnGamma;

/**
 * Gamma-Gamma (Fader and Hardie 2013, note 025): money per deal day varies within a partner as Gamma(p, rate nu), and nu varies
 * over partners as Gamma(q, rate gamma). Assumes that money per deal is not tied to how often a partner sells.
 *
 * @param q above 1, or the mean over partners does not exist
 * @param gamma in the unit of money
 */
public record GammaGamma(double p, double q, double gamma) {

    public GammaGamma {
        Parameters.positive("p", p);
        Parameters.positive("q", q);
        Parameters.positive("gamma", gamma);
    }

    /**
     * Expected money per deal day of a partner.
     *
     * @param x deal days that {@code mean} was taken over; 0 gives the population's mean
     * @param mean money per deal day; below zero (refunds) counts as zero
     */
    public double expectedMoney(double x, double mean) {
        return p * (gamma + x * StrictMath.max(0, mean)) / (p * x + q - 1);
    }

    /** Mean money per deal day over all partners. */
    public double populationMean() {
        return p * gamma / (q - 1);
    }

    /** Log-likelihood of partners with x deal days of mean money m; all x and m positive. */
    public double logLikelihood(double[] x, double[] mean) {
        return logLikelihood(x, mean, new double[0]);
    }

    double logLikelihood(double[] x, double[] mean, double[] gradient) {
        boolean slopes = gradient.length == 3;
        double lnGammaQ = lnGamma(q);
        double psiQ = digamma(q);
        double lnG = StrictMath.log(gamma);
        double sum = 0;
        double slopeP = 0;
        double slopeQ = 0;
        double slopeGamma = 0;
        for (int i = 0; i < x.length; i++) {
            double px = p * x[i];
            double lnX = StrictMath.log(x[i]);
            double lnM = StrictMath.log(mean[i]);
            double rate = gamma + x[i] * mean[i];
            double lnRate = StrictMath.log(rate);
            sum += lnGamma(px + q) - lnGamma(px) - lnGammaQ + q * lnG + (px - 1) * lnM + px * lnX - (px + q) * lnRate;
            if (slopes) {
                double psi = digamma(px + q);
                slopeP += x[i] * (psi - digamma(px) + lnM + lnX - lnRate);
                slopeQ += psi - psiQ + lnG - lnRate;
                slopeGamma += q / gamma - (px + q) / rate;
            }
        }
        if (slopes) {
            gradient[0] = slopeP;
            gradient[1] = slopeQ;
            gradient[2] = slopeGamma;
        }
        return sum;
    }

    /**
     * Maximum likelihood over partners with positive x and positive mean; others are left out, as the model knows no zero money.
     *
     * @param x deal days per partner
     * @param mean money per deal day per partner
     */
    public static GammaGammaFit fit(double[] x, double[] mean) {
        int n = 0;
        double total = 0;
        double deals = 0;
        double[] xs = new double[x.length];
        double[] means = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (x[i] > 0 && mean[i] > 0) {
                xs[n] = x[i];
                means[n++] = mean[i];
                total += x[i] * mean[i];
                deals += x[i];
            }
        }
        if (n < 2) {
            return GammaGammaFit.none(n);
        }
        return fit(java.util.Arrays.copyOf(xs, n), java.util.Arrays.copyOf(means, n), total / deals);
    }

    private static GammaGammaFit fit(double[] x, double[] mean, double average) {
        int n = x.length;
        double[] start = {0.7, 1.1, StrictMath.log(average)};
        double[] low = {-6, -6, start[2] - 12};
        double[] high = {LogParameters.MOST, LogParameters.MOST, start[2] + 10};
        double[] slopes = new double[3];
        LogParameters penalty = new LogParameters(start, n);
        Bfgs.Function meanLikelihood = (at, gradient) -> {
            double[] p = Parameters.exp(at);
            double value = new GammaGamma(p[0], p[1], p[2]).logLikelihood(x, mean, slopes) / n;
            for (int i = 0; i < 3; i++) {
                gradient[i] = slopes[i] * p[i] / n;
            }
            return value + penalty.add(at, gradient);
        };
        Maximum end = new Bfgs(
                        meanLikelihood,
                        low,
                        high,
                        LogParameters.TOLERANCE,
                        LogParameters.FLAT / n,
                        Bfgs.MOST_EVALUATIONS)
                .from(start);
        double[] at = Parameters.exp(end.at());
        GammaGamma model = new GammaGamma(at[0], at[1], at[2]);
        return GammaGammaFit.judged(model, end, model.logLikelihood(x, mean), n);
    }
}
