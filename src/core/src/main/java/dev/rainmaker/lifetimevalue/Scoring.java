package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Raw metrics into a score: position in the reference, times weight, rounded once per term, then added. */
final class Scoring {

    /** Decimals of points and score. */
    static final int DECIMALS = 2;

    private static final double WEAKEST = 0.01;

    private Scoring() {}

    static PlvResult score(
            PartnerHistory history,
            PartnerMetrics metrics,
            PlvModel model,
            ReferenceDistribution reference,
            PlvPolicy policy,
            LocalDate asOf) {
        double[] weights = weights(policy, reference);
        double[] positions = new double[weights.length];
        for (PlvTerm term : PlvTerm.values()) {
            positions[term.ordinal()] = position(term, metrics.raw()[term.ordinal()], policy, reference);
        }
        long[] points = policy.geometric() ? geometric(weights, positions) : linear(weights, positions);
        List<ScoreTerm> terms = new ArrayList<>(weights.length);
        long score = 0;
        double confidence = 0;
        for (PlvTerm term : PlvTerm.values()) {
            int i = term.ordinal();
            double own = confidence(term, metrics, policy);
            confidence += weights[i] * own;
            score += points[i];
            double raw = metrics.raw()[i];
            terms.add(new ScoreTerm(
                    term,
                    Double.isNaN(raw) ? reference.of(term).prior() : raw,
                    positions[i],
                    weights[i],
                    BigDecimal.valueOf(points[i], DECIMALS),
                    own,
                    note(term, metrics, policy, reference)));
        }
        return new PlvResult(
                history.partner(),
                asOf,
                metrics.value(),
                metrics.probabilityAlive(),
                model.method(),
                BigDecimal.valueOf(score, DECIMALS),
                terms,
                confidence,
                model.version(),
                reference.version(),
                policy.version());
    }

    /** Weights of the terms that the tenant has at all, summing to 1. */
    static double[] weights(PlvPolicy policy, ReferenceDistribution reference) {
        double[] weights = new double[PlvTerm.values().length];
        double sum = 0;
        for (PlvTerm term : PlvTerm.values()) {
            TermPolicy stated = policy.terms().get(term);
            if (stated != null && !reference.drops(term)) {
                weights[term.ordinal()] = stated.weight().doubleValue();
                sum += weights[term.ordinal()];
            }
        }
        for (int i = 0; i < weights.length && sum > 0; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** s of a raw metric; of the prior where it is unknown; 0 for a dropped term. */
    static double position(PlvTerm term, double raw, PlvPolicy policy, ReferenceDistribution reference) {
        TermPolicy stated = policy.terms().get(term);
        TermReference distribution = reference.of(term);
        if (stated == null || distribution.observed() == 0) {
            return 0;
        }
        boolean answers = term == PlvTerm.SATISFACTION;
        double s = distribution.position(
                Double.isNaN(raw) ? distribution.prior() : raw,
                stated.normalisation(),
                answers ? policy.lowestAnswer() : 0,
                answers ? policy.highestAnswer() : 1);
        return stated.higherIsBetter() ? s : 1 - s;
    }

    /** Points in units of the last decimal, each rounded half even. */
    static long[] linear(double[] weights, double[] positions) {
        long[] points = new long[weights.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = (long) StrictMath.rint(100 * 100 * weights[i] * positions[i]);
        }
        return capped(points);
    }

    /** Nine roundings up may sum to a hair above 100: the largest term gives it back. */
    private static long[] capped(long[] points) {
        int largest = 0;
        long sum = 0;
        for (int i = 0; i < points.length; i++) {
            sum += points[i];
            largest = points[i] > points[largest] ? i : largest;
        }
        points[largest] -= Math.max(0, sum - 100 * 100);
        return points;
    }

    /**
     * The geometric mean, told as points: each term gets its weight's points less its share of what weak terms cost the whole, in
     * proportion to w ln(1/s).
     */
    static long[] geometric(double[] weights, double[] positions) {
        double[] cost = new double[weights.length];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            cost[i] = -weights[i] * StrictMath.log(Math.max(WEAKEST, positions[i]));
            total += cost[i];
        }
        double lost = 100 * (1 - StrictMath.exp(-total));
        long[] points = new long[weights.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = (long) StrictMath.rint(100 * (100 * weights[i] - (total > 0 ? lost * cost[i] / total : 0)));
        }
        return capped(points);
    }

    private static double confidence(PlvTerm term, PartnerMetrics metrics, PlvPolicy policy) {
        TermPolicy stated = policy.terms().get(term);
        if (stated == null || Double.isNaN(metrics.raw()[term.ordinal()])) {
            return 0;
        }
        double n = metrics.observations()[term.ordinal()];
        return n / (n + stated.priorStrength());
    }

    private static String note(
            PlvTerm term, PartnerMetrics metrics, PlvPolicy policy, ReferenceDistribution reference) {
        if (policy.terms().get(term) == null) {
            return "not part of the policy";
        }
        if (reference.drops(term)) {
            return "no partner has this metric: dropped, the other weights are raised in proportion";
        }
        if (Double.isNaN(metrics.raw()[term.ordinal()])) {
            return "unknown: taken as an average partner's";
        }
        return metrics.notes()[term.ordinal()];
    }
}
