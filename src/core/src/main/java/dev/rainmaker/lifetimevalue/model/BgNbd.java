package dev.rainmaker.lifetimevalue.model;

import static dev.rainmaker.lifetimevalue.model.GammaFunctions.lnBeta;
import static dev.rainmaker.lifetimevalue.model.GammaFunctions.lnGamma;

/**
 * BG/NBD (Fader, Hardie and Lee 2005, Marketing Science 24(2)): deals come as a Poisson process whose rate varies over partners
 * as Gamma(r, rate alpha); after each repeat a partner leaves with a probability that varies as Beta(a, b).
 *
 * @param alpha in weeks
 */
public record BgNbd(double r, double alpha, double a, double b) implements DealFlowModel {

    private static final int EARLY = 0;

    public BgNbd {
        Parameters.positive("r", r);
        Parameters.positive("alpha", alpha);
        Parameters.positive("a", a);
        Parameters.positive("b", b);
    }

    /** Maximum likelihood. */
    public static DealFlowFit fit(DealFlowData data) {
        Maximum end = BetaGeometric.fit(data, EARLY);
        double[] at = Parameters.exp(end.at());
        BgNbd model = new BgNbd(at[0], at[1], at[2], at[3]);
        return DealFlowFit.judged(model, model.r, end, model.logLikelihood(data), (int) data.partners());
    }

    @Override
    public String name() {
        return "bg-nbd";
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        return BetaGeometric.probabilityAlive(r, alpha, a, b, EARLY, x, recency, age);
    }

    @Override
    public double expectedDeals(int x, double recency, double age, double weeks) {
        return BetaGeometric.expectedDeals(r, alpha, a, b, EARLY, x, recency, age, weeks);
    }

    @Override
    public double expectedDealsOfNewPartner(double weeks) {
        return expectedDeals(0, 0, 0, weeks);
    }

    @Override
    public double logLikelihood(DealFlowData data) {
        return logLikelihood(data, new double[0]);
    }

    double logLikelihood(DealFlowData data, double[] gradient) {
        return BetaGeometric.logLikelihood(data, r, alpha, a, b, EARLY, gradient);
    }

    /** Probability of exactly k repeats in the {@code weeks} after the first deal. */
    public double probabilityOfDeals(int k, double weeks) {
        double y = weeks / (alpha + weeks);
        double lnStay = StrictMath.log1p(-y);
        double alive = StrictMath.exp(lnBeta(a, b + k)
                - lnBeta(a, b)
                + lnGamma(r + k)
                - lnGamma(r)
                - lnGamma(k + 1.0)
                + r * lnStay
                + (k == 0 ? 0 : k * StrictMath.log(y)));
        if (k == 0) {
            return alive;
        }
        double fewer = 0;
        double term = 1;
        for (int j = 0; j < k; j++) {
            fewer += term;
            term *= (r + j) / (j + 1) * y;
        }
        double left = StrictMath.exp(lnBeta(a + 1, b + k - 1) - lnBeta(a, b));
        return alive + left * (1 - StrictMath.exp(r * lnStay) * fewer);
    }
}
