package dev.rainmaker.lifetimevalue.model;

import org.jspecify.annotations.Nullable;

/**
 * Gamma-Gamma fitted by maximum likelihood.
 *
 * @param model null where there were fewer than two partners with money
 * @param partners with positive money, the ones the fit saw
 * @param problem why it must not be used, null where it may
 */
public record GammaGammaFit(
        @Nullable GammaGamma model,
        double logLikelihood,
        int partners,
        int evaluations,
        @Nullable String problem) {

    static GammaGammaFit none(int partners) {
        return new GammaGammaFit(null, 0, partners, 0, "fewer than two partners have deals with money");
    }

    static GammaGammaFit judged(GammaGamma model, Maximum end, double logLikelihood, int partners) {
        String problem = null;
        if (!end.converged()) {
            problem = "the fit did not converge";
        } else if (end.atBound()) {
            problem = "a parameter ended at its bound: money per deal hardly varies within or between partners";
        } else if (model.q() <= 1.01) {
            problem = "money per deal is so unequal that its mean does not exist (q = " + model.q() + ")";
        }
        return new GammaGammaFit(model, logLikelihood, partners, end.evaluations(), problem);
    }

    /** Whether the fit may be used. */
    public boolean sound() {
        return problem == null;
    }
}
