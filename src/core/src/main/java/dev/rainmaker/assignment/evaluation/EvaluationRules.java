package dev.rainmaker.assignment.evaluation;

/**
 * When a verdict is given and how.
 *
 * @param leastEffectiveSize least effective sample size
 * @param mostWeightShare most share of one weight in the sum of weights
 * @param propensityFloor propensities below this count as missing overlap
 * @param mostMassBelowFloor most share of the candidate policy's mass on choices below that floor
 * @param leastClusters fewer clusters than this carry no interval: drawing few of them again and again understates chance
 * @param clip weights are cut here for the clipped figures
 * @param resamples bootstrap resamples
 * @param seed of the bootstrap
 * @param estimatedPropensities whether propensities were estimated afterwards instead of logged
 */
public record EvaluationRules(
        double leastEffectiveSize,
        double mostWeightShare,
        double propensityFloor,
        double mostMassBelowFloor,
        int leastClusters,
        double clip,
        int resamples,
        long seed,
        boolean estimatedPropensities) {

    /**
     * Effective size 100, one weight at most 10 %, floor .001 for at most 5 % of the mass, 20 clusters, clip 10, 2,000
     * resamples.
     */
    public static final EvaluationRules DEFAULT = new EvaluationRules(100, .1, .001, .05, 20, 10, 2000, 1, false);

    public EvaluationRules {
        if (resamples < 100 || !(clip > 0)) {
            throw new IllegalArgumentException(
                    "there must be at least 100 resamples and a positive clip: " + resamples + ", " + clip);
        }
    }

    public EvaluationRules estimated() {
        return new EvaluationRules(
                leastEffectiveSize,
                mostWeightShare,
                propensityFloor,
                mostMassBelowFloor,
                leastClusters,
                clip,
                resamples,
                seed,
                true);
    }

    public EvaluationRules clip(double limit) {
        return new EvaluationRules(
                leastEffectiveSize,
                mostWeightShare,
                propensityFloor,
                mostMassBelowFloor,
                leastClusters,
                limit,
                resamples,
                seed,
                estimatedPropensities);
    }

    public EvaluationRules resamples(int count, long from) {
        return new EvaluationRules(
                leastEffectiveSize,
                mostWeightShare,
                propensityFloor,
                mostMassBelowFloor,
                leastClusters,
                clip,
                count,
                from,
                estimatedPropensities);
    }
}
