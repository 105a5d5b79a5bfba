package dev.rainmaker.lifetimevalue.model;

import org.jspecify.annotations.Nullable;

/**
 * A deal-flow model fitted by maximum likelihood.
 *
 * @param partners how many partners it was fitted to
 * @param evaluations how often the likelihood was computed
 * @param problem why this fit must not be trusted (no convergence, a parameter at its bound, runaway), null where it may
 */
public record DealFlowFit(
        DealFlowModel model,
        double logLikelihood,
        int partners,
        int evaluations,
        @Nullable String problem) {

    /** A shape parameter r above this means that all partners look alike to the model: it has run away. */
    static final double RUNAWAY = 50;

    static DealFlowFit judged(DealFlowModel model, double r, Maximum end, double logLikelihood, int partners) {
        String problem = null;
        if (!end.converged()) {
            problem = "the fit did not converge";
        } else if (r > RUNAWAY) {
            problem = "the fit ran away (r = " + StrictMath.round(r) + "): deal flow is too regular for this model";
        } else if (end.atBound()) {
            problem = "a parameter ended at its bound";
        }
        return new DealFlowFit(model, logLikelihood, partners, end.evaluations(), problem);
    }

    /** Whether the fit may be used. */
    public boolean sound() {
        return problem == null;
    }
}
