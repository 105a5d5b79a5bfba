package dev.rainmaker.lifetimevalue.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets the radii of intervals from forecasts and outcomes of earlier origins. */
final class Calibration {

    private static final int MOST_CLASSES = 5;
    private static final int FEWEST_PER_CLASS = 50;
    private static final int FEWEST = 10;

    private Calibration() {}

    /**
     * Calibrates on all origins; achieved coverage comes from the latest one under radii set by the others.
     *
     * @param forecasts per origin, earliest first
     * @param outcomes per origin
     */
    static Intervals of(List<double[]> forecasts, List<double[]> outcomes) {
        double[] all = joined(forecasts);
        double[] came = joined(outcomes);
        double unit = unit(all, came);
        if (all.length < FEWEST) {
            return Intervals.uncalibrated(unit);
        }
        int last = forecasts.size() - 1;
        @Nullable Intervals before = null;
        if (last > 0) {
            double[] earlier = joined(forecasts.subList(0, last));
            if (earlier.length >= FEWEST) {
                before = radii(earlier, joined(outcomes.subList(0, last)), unit, null, new double[0], new double[0]);
            }
        }
        Intervals set = radii(all, came, unit, before, forecasts.get(last), outcomes.get(last));
        return new Intervals(unit, set.classes(), true, set.achieved(), ratios(forecasts, outcomes));
    }

    private static List<Double> ratios(List<double[]> forecasts, List<double[]> outcomes) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < forecasts.size(); i++) {
            double forecast = Arrays.stream(forecasts.get(i)).sum();
            if (forecast > 0) {
                ratios.add(Arrays.stream(outcomes.get(i)).sum() / forecast);
            }
        }
        return ratios;
    }

    /** The median positive forecast; the median positive outcome where all forecasts are zero. */
    private static double unit(double[] forecasts, double[] outcomes) {
        double[] positive = Arrays.stream(forecasts).filter(f -> f > 0).sorted().toArray();
        if (positive.length == 0) {
            positive = Arrays.stream(outcomes).filter(y -> y > 0).sorted().toArray();
        }
        return positive.length == 0 ? 1 : positive[positive.length / 2];
    }

    private static Intervals radii(
            double[] forecasts,
            double[] outcomes,
            double unit,
            @Nullable Intervals before,
            double[] testForecasts,
            double[] testOutcomes) {
        double[] limits = limits(forecasts);
        List<Intervals.SizeClass> classes = new ArrayList<>();
        int inside = 0;
        for (int c = 0; c < limits.length; c++) {
            double above = c == 0 ? Double.NEGATIVE_INFINITY : limits[c - 1];
            double[] missed = new double[forecasts.length];
            int n = 0;
            for (int i = 0; i < forecasts.length; i++) {
                if (forecasts[i] > above && forecasts[i] <= limits[c]) {
                    missed[n++] = StrictMath.abs(outcomes[i] - forecasts[i]) / (forecasts[i] + unit);
                }
            }
            double radius = radius(Arrays.copyOf(missed, n));
            int tested = 0;
            int met = 0;
            double width = 0;
            for (int i = 0; i < testForecasts.length && before != null; i++) {
                double f = testForecasts[i];
                if (f > above && f <= limits[c]) {
                    double half = before.halfWidth(f);
                    tested++;
                    met += Intervals.inside(f, half, testOutcomes[i]) ? 1 : 0;
                    width += f + half - Math.max(0, f - half);
                }
            }
            inside += met;
            classes.add(new Intervals.SizeClass(
                    limits[c],
                    radius,
                    n,
                    tested == 0 ? null : (double) met / tested,
                    tested == 0 ? null : width / tested));
        }
        boolean measured = before != null && testForecasts.length > 0;
        return new Intervals(unit, classes, true, measured ? (double) inside / testForecasts.length : null, List.of());
    }

    /** The ceil((n+1) level)-th smallest miss; of very few, the largest and half as much again. */
    private static double radius(double[] missed) {
        Arrays.sort(missed);
        int rank = (int) StrictMath.ceil((missed.length + 1) * Intervals.LEVEL);
        return rank <= missed.length ? missed[rank - 1] : missed[missed.length - 1] * 1.5;
    }

    /** Upper limits of size classes: equal shares of the forecasts, each with enough of them; the last has none. */
    private static double[] limits(double[] forecasts) {
        double[] sorted = forecasts.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int classes = Math.max(1, Math.min(MOST_CLASSES, n / FEWEST_PER_CLASS));
        List<Double> limits = new ArrayList<>();
        int used = 0;
        for (int c = 1; c < classes; c++) {
            double limit = sorted[(int) ((long) n * c / classes) - 1];
            int upTo = upperBound(sorted, limit);
            if (upTo - used >= FEWEST_PER_CLASS && n - upTo >= FEWEST_PER_CLASS) {
                limits.add(limit);
                used = upTo;
            }
        }
        limits.add(Double.MAX_VALUE);
        return limits.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int upperBound(double[] sorted, double value) {
        int at = 0;
        while (at < sorted.length && sorted[at] <= value) {
            at++;
        }
        return at;
    }

    private static double[] joined(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
