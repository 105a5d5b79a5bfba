package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How sure a rank is, given that weights and normalisation are judgement. Partners whose intervals overlap are not separated by the
 * score.
 *
 * @param rank by the score, 1 = best, ties share the better rank
 * @param best 5% quantile of the rank under perturbed weights
 * @param worst 95% quantile
 */
public record RankInterval(String partner, int rank, int best, int worst) {

    /** Draws of weights; half of them with the other normalisation. */
    public static final int DRAWS = 500;

    public boolean separatedFrom(RankInterval other) {
        return worst < other.best || other.worst < best;
    }

    /**
     * Ranks partners.
     *
     * @param results of one version and one as-of day
     * @param seed of the draws, to be kept with the result
     */
    public static List<RankInterval> of(
            List<PlvResult> results, ReferenceDistribution reference, PlvPolicy policy, long seed) {
        int n = results.size();
        results.forEach(each -> results.get(0).requireComparable(each));
        double[] weights = Scoring.weights(policy, reference);
        double[][] stated = positions(results, policy, reference);
        double[][] other = positions(results, otherwise(policy), reference);
        int[][] ranks = new int[n][DRAWS];
        Sampler sampler = new Sampler(seed);
        double[] scores = new double[n];
        for (int d = 0; d < DRAWS; d++) {
            double[] drawn = sampler.dirichlet(weights, policy.weightCertainty());
            double[][] positions = d % 2 == 0 ? stated : other;
            for (int i = 0; i < n; i++) {
                scores[i] = dot(drawn, positions[i]);
            }
            int[] drawnRanks = ranks(scores);
            for (int i = 0; i < n; i++) {
                ranks[i][d] = drawnRanks[i];
            }
        }
        int[] own = ranks(
                results.stream().mapToDouble(each -> each.score().doubleValue()).toArray());
        List<RankInterval> intervals = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Arrays.sort(ranks[i]);
            intervals.add(new RankInterval(
                    results.get(i).partner(),
                    own[i],
                    Math.min(own[i], ranks[i][DRAWS / 20]),
                    Math.max(own[i], ranks[i][DRAWS - 1 - DRAWS / 20])));
        }
        return intervals;
    }

    private static double[][] positions(List<PlvResult> results, PlvPolicy policy, ReferenceDistribution reference) {
        double[][] positions = new double[results.size()][];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = results.get(i).terms().stream()
                    .mapToDouble(term -> Scoring.position(term.term(), term.metric(), policy, reference))
                    .toArray();
        }
        return positions;
    }

    /** Percentiles where the policy takes distances, and the other way round. */
    private static PlvPolicy otherwise(PlvPolicy policy) {
        Map<PlvTerm, TermPolicy> terms = new EnumMap<>(PlvTerm.class);
        policy.terms().forEach((term, stated) -> {
            Normalisation swapped = switch (stated.normalisation()) {
                case PERCENTILE -> Normalisation.MIN_MAX;
                case LOG_MIN_MAX, MIN_MAX -> Normalisation.PERCENTILE;
                case SCALE -> Normalisation.SCALE;
            };
            terms.put(term, new TermPolicy(stated.weight(), stated.higherIsBetter(), swapped, stated.priorStrength()));
        });
        return policy.withTerms(terms);
    }

    private static int[] ranks(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int[] ranks = new int[scores.length];
        for (int i = 0; i < ranks.length; i++) {
            int above = sorted.length;
            int low = 0;
            while (low < above) {
                int middle = (low + above) >>> 1;
                if (sorted[middle] <= scores[i]) {
                    low = middle + 1;
                } else {
                    above = middle;
                }
            }
            ranks[i] = sorted.length - low + 1;
        }
        return ranks;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
