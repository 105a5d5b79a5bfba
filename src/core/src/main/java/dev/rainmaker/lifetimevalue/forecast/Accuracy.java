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
        double total = Arrays.stream(outcome).sum();
        double predicted = Arrays.stream(forecast).sum();
        double missed = 0;
        int inside = 0;
        for (int i = 0; i < forecast.length; i++) {
            double off = StrictMath.abs(outcome[i] - forecast[i]);
            missed += off;
            if (intervals != null) {
                double half = intervals.halfWidth(forecast[i]);
                inside += Intervals.inside(forecast[i], half, outcome[i]) ? 1 : 0;
            }
        }
        boolean sold = total > 0;
        return new Accuracy(
                spearman(forecast, outcome),
                sold ? top(forecast, outcome) / total : null,
                sold ? missed / total : null,
                sold ? predicted / total : null,
                intervals == null || forecast.length == 0 ? null : (double) inside / forecast.length);
    }

    /** Outcome of the tenth with the largest forecasts; of equal forecasts at the edge, the first. */
    private static double top(double[] forecast, double[] outcome) {
        int n = forecast.length;
        int most = Math.min(n, Math.max(1, n / 10));
        double[] sorted = forecast.clone();
        Arrays.sort(sorted);
        double edge = sorted[n - most];
        int left = n - lowerBound(sorted, edge, true);
        left = most - left;
        double sum = 0;
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
        double[] x = ranks(a);
        double[] y = ranks(b);
        double mean = (a.length + 1) / 2.0;
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
        int n = values.length;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[n];
        for (int i = 0; i < n; i++) {
            int low = lowerBound(sorted, values[i], false);
            int high = lowerBound(sorted, values[i], true);
            ranks[i] = (low + 1 + high) / 2.0;
        }
        return ranks;
    }

    private static int lowerBound(double[] sorted, double value, boolean past) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (past && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
