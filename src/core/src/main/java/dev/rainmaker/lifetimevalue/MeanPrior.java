package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.model.NormalNormal;

/**
 * What partners have in common in a mean; see {@link NormalNormal}.
 *
 * @param between variance over partners, 0 where none was found
 */
public record MeanPrior(double mean, double within, double between, int partners) {

    static MeanPrior of(NormalNormal fit) {
        return new MeanPrior(fit.mean(), fit.within(), fit.between(), fit.partners());
    }

    /** A partner's mean of n observations, shrunk. */
    public double shrunk(double partnerMean, double n) {
        return new NormalNormal(mean, within, between, partners).shrunk(partnerMean, n);
    }

    public boolean established() {
        return between > 0;
    }

    String finding() {
        return established() ? "partners differ" : "differences between partners are not established";
    }
}
