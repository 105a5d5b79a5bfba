package dev.rainmaker.lifetimevalue.model;

/**
 * Fits run over logarithms of the parameters, of the mean log-likelihood per partner. With fewer than a hundred partners a weak
 * normal penalty around the starting values (standard deviation two in the logarithm) keeps the fit from wandering off.
 */
record LogParameters(double[] start, double partners) {

    static final double TOLERANCE = 1e-8;
    /** Steps that gain less of the whole log-likelihood than this gain nothing. */
    static final double FLAT = 1e-8;
    /** Largest logarithm of a shape parameter: past a thousand partners are all alike to the model. */
    static final double MOST = 6.9;

    private static final double ENOUGH_PARTNERS = 100;
    private static final double VARIANCE = 4;

    /** Adds the penalty to the gradient and returns it. */
    double add(double[] at, double[] gradient) {
        if (partners >= ENOUGH_PARTNERS) {
            return 0;
        }
        double penalty = 0;
        for (int i = 0; i < at.length; i++) {
            double off = at[i] - start[i];
            penalty -= off * off / (2 * VARIANCE * partners);
            gradient[i] -= off / (VARIANCE * partners);
        }
        return penalty;
    }
}
