package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Weights that outcomes would suggest, beside the stated ones: non-negative ridge regression of the outcome's rank on the terms,
 * shrunk to the stated weights. Offered only where partners held out show a gain in rank correlation whose 95% bootstrap interval
 * excludes zero.
 *
 * @param stated weights, in the order of {@link PlvTerm}
 * @param learned weights, summing to 1
 * @param statedRank rank correlation with the outcome on held-out partners, by the stated weights
 * @param learnedRank by the learned ones
 * @param gainLower95 low end of the interval of the gain
 * @param gainUpper95 high end
 * @param offered whether an admin may be asked to adopt them
 */
public record LearnedWeights(
        double[] stated,
        double[] learned,
        double statedRank,
        double learnedRank,
        double gainLower95,
        double gainUpper95,
        boolean offered) {

    private static final int DRAWS = 400;
    private static final double RIDGE = 0.05;

    /** Fewer partners than this prove nothing. */
    public static final int FEWEST_PARTNERS = 40;

    /**
     * Learns.
     *
     * @param positions s in [0, 1] of each term, per partner, as of an earlier day
     * @param outcome what each partner brought in the horizon after that day
     * @param seed of split and bootstrap
     * @throws IllegalArgumentException with fewer than {@link #FEWEST_PARTNERS} partners
     */
    public static LearnedWeights propose(double[][] positions, double[] outcome, double[] stated, long seed) {
        int n = outcome.length;
        if (n < FEWEST_PARTNERS || positions.length != n) {
            throw new IllegalArgumentException(
                    n + " partners with outcome are too few to learn weights from; need " + FEWEST_PARTNERS);
        }
        Sampler sampler = new Sampler(seed);
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = sampler.index(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        int[] train = Arrays.copyOf(order, n / 2);
        int[] test = Arrays.copyOfRange(order, n / 2, n);
        double[] learned = learn(rows(positions, train), picked(outcome, train), stated);
        double[] byStated = scores(positions, test, stated);
        double[] byLearned = scores(positions, test, learned);
        double[] came = picked(outcome, test);
        double[] gains = new double[DRAWS];
        int[] drawn = new int[test.length];
        for (int d = 0; d < DRAWS; d++) {
            Arrays.setAll(drawn, i -> sampler.index(test.length));
            double[] y = picked(came, drawn);
            gains[d] = correlation(picked(byLearned, drawn), y) - correlation(picked(byStated, drawn), y);
        }
        Arrays.sort(gains);
        double lower = gains[DRAWS / 40];
        return new LearnedWeights(
                stated.clone(),
                learned,
                correlation(byStated, came),
                correlation(byLearned, came),
                lower,
                gains[DRAWS - 1 - DRAWS / 40],
                lower > 0);
    }

    /** The learned weights in hundredths that sum to exactly 1, as a policy has to state them: largest remainders are rounded up. */
    public BigDecimal[] rounded() {
        int[] hundredths = new int[learned.length];
        Integer[] byRemainder = new Integer[learned.length];
        int left = 100;
        for (int i = 0; i < learned.length; i++) {
            hundredths[i] = (int) (100 * learned[i]);
            byRemainder[i] = i;
            left -= hundredths[i];
        }
        Arrays.sort(byRemainder, Comparator.comparingDouble(i -> hundredths[i] - 100 * learned[i]));
        for (int i = 0; i < left; i++) {
            hundredths[byRemainder[i]]++;
        }
        return Arrays.stream(hundredths).mapToObj(h -> BigDecimal.valueOf(h, 2)).toArray(BigDecimal[]::new);
    }

    /** Projected coordinate descent on sum (rank - a - b w.s)^2 / n + ridge |w - stated|^2, w not negative, then summed to 1. */
    private static double[] learn(double[][] s, double[] outcome, double[] stated) {
        int n = s.length;
        int k = stated.length;
        double[] rank = ranks(outcome);
        double[] mean = new double[k];
        for (double[] row : s) {
            for (int j = 0; j < k; j++) {
                mean[j] += row[j] / n;
            }
        }
        double[] w = stated.clone();
        double[] rest = new double[n];
        for (int i = 0; i < n; i++) {
            rest[i] = (rank[i] - (n + 1) / 2.0) / n;
            for (int j = 0; j < k; j++) {
                rest[i] -= w[j] * (s[i][j] - mean[j]);
            }
        }
        for (int round = 0; round < 200; round++) {
            for (int j = 0; j < k; j++) {
                double slope = 0;
                double square = RIDGE;
                for (int i = 0; i < n; i++) {
                    double x = s[i][j] - mean[j];
                    slope += rest[i] * x / n;
                    square += x * x / n;
                }
                double next = Math.max(0, w[j] + (slope - RIDGE * (w[j] - stated[j])) / square);
                double step = next - w[j];
                w[j] = next;
                for (int i = 0; i < n && step != 0; i++) {
                    rest[i] -= step * (s[i][j] - mean[j]);
                }
            }
        }
        double sum = Arrays.stream(w).sum();
        for (int j = 0; j < k && sum > 0; j++) {
            w[j] /= sum;
        }
        return sum > 0 ? w : stated.clone();
    }

    private static double[][] rows(double[][] of, int[] at) {
        return Arrays.stream(at).mapToObj(i -> of[i]).toArray(double[][]::new);
    }

    private static double[] picked(double[] of, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> of[i]).toArray();
    }

    private static double[] scores(double[][] positions, int[] at, double[] weights) {
        return Arrays.stream(at)
                .mapToDouble(i -> {
                    double sum = 0;
                    for (int j = 0; j < weights.length; j++) {
                        sum += weights[j] * positions[i][j];
                    }
                    return sum;
                })
                .toArray();
    }

    private static double correlation(double[] a, double[] b) {
        Double rho = dev.rainmaker.lifetimevalue.forecast.Accuracy.spearman(a, b);
        return rho == null ? 0 : rho;
    }

    private static double[] ranks(double[] values) {
        return dev.rainmaker.lifetimevalue.forecast.Accuracy.ranks(values);
    }
}
