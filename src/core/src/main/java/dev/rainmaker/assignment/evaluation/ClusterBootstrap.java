package dev.rainmaker.assignment.evaluation;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Percentile intervals by drawing clusters with replacement (Efron 1979; clusters because the outcomes of one account go
 * together). Chance is SplitMix64 (Steele, Lea and Flood 2014) from a stated seed: the same on every platform.
 */
final class ClusterBootstrap {

    private final double[][] draws;

    /** @param clusters per cluster the sums that statistics are made of */
    ClusterBootstrap(double[][] clusters, int resamples, long seed) {
        this.draws = new double[resamples][];
        long state = seed;
        int width = clusters[0].length;
        for (int draw = 0; draw < resamples; draw++) {
            double[] sums = new double[width];
            for (int i = 0; i < clusters.length; i++) {
                state += 0x9e3779b97f4a7c15L;
                long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
                z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
                z ^= z >>> 31;
                double[] picked = clusters[(int) ((z >>> 33) * clusters.length >>> 31)];
                for (int k = 0; k < width; k++) {
                    sums[k] += picked[k];
                }
            }
            draws[draw] = sums;
        }
    }

    /** Bounds of the middle 95 % of a statistic; draws for which it is no number are left out. */
    double[] interval95(ToDoubleFunction<double[]> statistic) {
        double[] values = Arrays.stream(draws)
                .mapToDouble(statistic)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        return new double[] {quantile(values, .025), quantile(values, .975)};
    }

    /** Linear between order statistics (Hyndman and Fan 1996, type 7). */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
