package dev.rainmaker.lifetimevalue.model;

/**
 * MBG/NBD (Batislam, Denizel and Filiztekin 2007): as {@link BgNbd}, but a partner may also leave right after its first deal, so
 * that a partner with one deal long ago is not certainly alive.
 *
 * @param alpha in weeks
 */
public record MbgNbd(double r, double alpha, double a, double b) implements DealFlowModel {

    private static final int EARLY = 1;

    public MbgNbd {
        Parameters.positive("r", r);
        Parameters.positive("alpha", alpha);
        Parameters.positive("a", a);
        Parameters.positive("b", b);
    }

    /** Maximum likelihood. */
    public static DealFlowFit fit(DealFlowData data) {
        Maximum end = BetaGeometric.fit(data, EARLY);
        double[] at = Parameters.exp(end.at());
        MbgNbd model = new MbgNbd(at[0], at[1], at[2], at[3]);
        return DealFlowFit.judged(model, model.r, end, model.logLikelihood(data), (int) data.partners());
    }

    @Override
    public String name() {
        return "mbg-nbd";
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
}
