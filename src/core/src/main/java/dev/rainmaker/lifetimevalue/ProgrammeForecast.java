package dev.rainmaker.lifetimevalue;

import java.util.List;

/**
 * What all partners together will bring.
 *
 * @param expected sum over partners, money over the horizon
 * @param lower80 low end of the interval
 * @param upper80 high end
 * @param margin whether this is margin; false = revenue
 * @param origins earlier totals behind the interval; 0 = partners' own errors only, taken as independent
 */
public record ProgrammeForecast(double expected, double lower80, double upper80, boolean margin, int origins) {

    /** Half of an 80% interval, in standard deviations. */
    private static final double Z80 = 1.2815515655446004;

    /**
     * Adds up partners. The interval spans what outcome / forecast of the total was on earlier origins, as common ups and downs do
     * not cancel, widened by the partners' own errors, which do.
     */
    public static ProgrammeForecast of(List<PlvResult> results, PlvModel model) {
        double sum = 0;
        double variance = 0;
        for (PlvResult result : results) {
            sum += result.value().expected();
            double deviation = (result.value().upper80() - result.value().expected()) / Z80;
            variance += deviation * deviation;
        }
        double own = Z80 * StrictMath.sqrt(variance);
        double least = 1;
        double most = 1;
        for (double ratio : model.intervals().totalRatios()) {
            least = Math.min(least, ratio);
            most = Math.max(most, ratio);
        }
        double below = sum * (1 - least);
        double above = sum * (most - 1);
        return new ProgrammeForecast(
                sum,
                sum - StrictMath.hypot(below, own),
                sum + StrictMath.hypot(above, own),
                model.knowsMargin(),
                model.intervals().totalRatios().size());
    }

    /**
     * The same as revenue, where it is margin.
     *
     * @param marginRate margin as a share of revenue, above 0
     */
    public ProgrammeForecast asRevenue(double marginRate) {
        if (!(marginRate > 0)) {
            throw new IllegalArgumentException("a margin rate must be positive, not " + marginRate);
        }
        return margin
                ? new ProgrammeForecast(
                        expected / marginRate, lower80 / marginRate, upper80 / marginRate, false, origins)
                : this;
    }

    /**
     * Share of a plan that is expected.
     *
     * @throws IllegalArgumentException if the plan is not positive
     */
    public double shareOf(double plan) {
        if (!(plan > 0)) {
            throw new IllegalArgumentException("a plan must be positive, not " + plan);
        }
        return expected / plan;
    }
}
