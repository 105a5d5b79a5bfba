package dev.rainmaker.lifetimevalue.forecast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Split-conformal 80% intervals: expected revenue plus or minus radius times (expected revenue + unit), cut at zero. The radius
 * comes from what the method missed on earlier origins, by size of the forecast.
 *
 * @param unit money that is added to the scale, so that a forecast of nothing has an interval too
 * @param classes by size, ascending; the last has no upper limit
 * @param calibrated false where there was no earlier origin to learn from: the radius is a cautious guess
 * @param achieved share of outcomes inside on the latest origin that was not used to set the radius, null where there is none
 * @param totalRatios sum of outcomes / sum of forecasts on each earlier origin, earliest first
 */
public record Intervals(
        double unit,
        List<SizeClass> classes,
        boolean calibrated,
        @Nullable Double achieved,
        List<Double> totalRatios) {

    /** What an interval promises. */
    public static final double LEVEL = 0.8;

    /**
     * Forecasts of one size.
     *
     * @param upTo largest forecast of the class
     * @param radius relative to forecast + unit
     * @param outcomes that set the radius
     * @param achieved share of outcomes inside, out of sample; null where unknown
     * @param meanWidth mean width of the interval in money, null where unknown
     */
    public record SizeClass(
            double upTo,
            double radius,
            int outcomes,
            @Nullable Double achieved,
            @Nullable Double meanWidth) {}

    private static final double CAUTIOUS_RADIUS = 1.5;

    public Intervals {
        classes = List.copyOf(classes);
        totalRatios = List.copyOf(totalRatios);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("intervals need at least one size class");
        }
    }

    /** The same intervals for money in other units, or over a longer horizon. */
    Intervals scaled(double factor) {
        List<SizeClass> scaled = classes.stream()
                .map(size -> new SizeClass(
                        size.upTo() == Double.MAX_VALUE ? size.upTo() : size.upTo() * factor,
                        size.radius(),
                        size.outcomes(),
                        size.achieved(),
                        size.meanWidth() == null ? null : size.meanWidth() * factor))
                .toList();
        return new Intervals(unit * factor, scaled, calibrated, achieved, totalRatios);
    }

    /** Wide intervals for want of an earlier origin. */
    public static Intervals uncalibrated(double unit) {
        return new Intervals(
                unit, List.of(new SizeClass(Double.MAX_VALUE, CAUTIOUS_RADIUS, 0, null, null)), false, null, List.of());
    }

    /** Whether an outcome lies in the interval, which is cut at zero. */
    static boolean inside(double forecast, double half, double outcome) {
        return outcome >= Math.max(0, forecast - half) && outcome <= forecast + half;
    }

    /** Half the width of the interval around a forecast. */
    public double halfWidth(double forecast) {
        for (SizeClass size : classes) {
            if (forecast <= size.upTo()) {
                return size.radius() * (forecast + unit);
            }
        }
        return classes.get(classes.size() - 1).radius() * (forecast + unit);
    }
}
