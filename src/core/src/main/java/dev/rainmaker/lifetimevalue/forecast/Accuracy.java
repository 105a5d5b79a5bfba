package dev.rainmaker.lifetimevalue.forecast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How well forecasts met what came. Values are null where they have no meaning (nothing sold at all, all forecasts equal).
 *
 * @param spearman rank correlation of forecast and outcome, ties at their mean rank
 * @param top10Share share of all outcome that the tenth of partners with the largest forecasts made (floor(n/10), at least one)
 * @param maeOverMean mean absolute error divided by the mean outcome
 * @param sumRatio sum of forecasts divided by sum of outcomes
 * @param coverage80 share of outcomes inside the 80% interval
 */
public record Accuracy(
        @Nullable Double spearman,
        @Nullable Double top10Share,
        @Nullable Double maeOverMean,
        @Nullable Double sumRatio,
        @Nullable Double coverage80) {

    static Accuracy of(double[] forecast, double[] outcome, @Nullable Intervals intervals) {
        return of(forecast, outcome, ranks(outcome), intervals);
    }

    /** @param outcomeRanks {@link #ranks} of the outcomes, which many forecasts share */
    static Accuracy of(double[] forecast, double[] outcome, double[] outcomeRanks, @Nullable Intervals intervals) {
        double total = Arrays.stream(outcome).sum();
        double predicted = Arrays.stream(forecast).sum();
        double missed = 0;
        for (int i = 0; i < forecast.length; i++) {
            missed += StrictMath.abs(outcome[i] - forecast[i]);
        }
        boolean sold = total > 0;
        int[] order = order(forecast);
        return new Accuracy(
                        correlation(ranks(forecast, order), outcomeRanks),
                        sold ? top(forecast, outcome, order) / total : null,
                        sold ? missed / total : null,
                        sold ? predicted / total : null,
                        null)
                .covering(forecast, outcome, intervals);
    }

    /** The same with the coverage of intervals; without intervals, without coverage. */
    Accuracy covering(double[] forecast, double[] outcome, @Nullable Intervals intervals) {
        if (intervals == null || forecast.length == 0) {
            return this;
        }
        int inside = 0;
        for (int i = 0; i < forecast.length; i++) {
            inside += Intervals.inside(forecast[i], intervals.halfWidth(forecast[i]), outcome[i]) ? 1 : 0;
        }
        return new Accuracy(spearman, top10Share, maeOverMean, sumRatio, (double) inside / forecast.length);
    }

    /** Outcome of the tenth with the largest forecasts; of equal forecasts at the edge, the first. */
    private static double top(double[] forecast, double[] outcome, int[] order) {
        int n = forecast.length;
        int most = Math.min(n, Math.max(1, n / 10));
        double edge = forecast[order[n - most]];
        double sum = 0;
        int left = most;
        for (int k = n - 1; forecast[order[k]] > edge; k--) {
            left--;
        }
        for (int i = 0; i < n; i++) {
            if (forecast[i] > edge) {
                sum += outcome[i];
            } else if (forecast[i] == edge && left > 0) {
                sum += outcome[i];
                left--;
            }
        }
        return sum;
    }

    /** Rank correlation, ties at their mean rank; null where either side is constant. */
    public static @Nullable Double spearman(double[] a, double[] b) {
        return correlation(ranks(a), ranks(b));
    }

    private static @Nullable Double correlation(double[] x, double[] y) {
        double mean = (x.length + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xx > 0 && yy > 0 ? xy / StrictMath.sqrt(xx * yy) : null;
    }

    /** Ranks from 1, ties at their mean rank. */
    public static double[] ranks(double[] values) {
        return ranks(values, order(values));
    }

    private static double[] ranks(double[] values, int[] order) {
        int n = values.length;
        double[] ranks = new double[n];
        int from = 0;
        for (int to = 1; to <= n; to++) {
            if (to == n || values[order[to]] != values[order[from]]) {
                for (int k = from; k < to; k++) {
                    ranks[order[k]] = (from + 1 + to) / 2.0;
                }
                from = to;
            }
        }
        return ranks;
    }

    /** Positions by value, ascending, equal values in their own order: byte by byte from the last, which needs no comparisons. */
    static int[] order(double[] values) {
        int n = values.length;
        long[] keys = new long[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            long bits = Double.doubleToLongBits(values[i] + 0.0); // -0.0 and 0.0 are equal
            keys[i] = bits ^ ((bits >> 63) | Long.MIN_VALUE);
            order[i] = i;
        }
        int[] next = new int[n];
        int[] from = new int[257];
        for (int shift = 0; shift < Long.SIZE; shift += 8) {
            Arrays.fill(from, 0);
            for (long key : keys) {
                from[(int) (key >>> shift & 255) + 1]++;
            }
            for (int digit = 0; digit < 256; digit++) {
                from[digit + 1] += from[digit];
            }
            for (int at : order) {
                next[from[(int) (keys[at] >>> shift & 255)]++] = at;
            }
            int[] done = order;
            order = next;
            next = done;
        }
        return order;
    }
}
