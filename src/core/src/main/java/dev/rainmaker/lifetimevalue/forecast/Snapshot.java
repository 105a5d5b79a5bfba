package dev.rainmaker.lifetimevalue.forecast;

/**
 * A partner's deals as one as-of day sees them: all that a forecast method reads. Where the data do
 * not reach back as far as a window, its sum is scaled up to the whole window, see {@link ObservedTime}.
 *
 * @param days deal days; 0 where the partner has not sold yet
 * @param recencyDays from the first to the last deal day
 * @param ageDays from the first deal day to the as-of day
 * @param revenue of all time
 * @param runRates decayed revenue as of the day, for the half-lives of {@link ForecastMethod#HALF_LIVES}
 * @param lastPeriod revenue of the last horizon
 * @param last90 revenue of the last 90 days
 * @param last365 revenue of the last 365 days
 * @param daysInLastPeriod deal days in the last horizon
 */
public record Snapshot(
        int days,
        int recencyDays,
        int ageDays,
        double revenue,
        double[] runRates,
        double lastPeriod,
        double last90,
        double last365,
        int daysInLastPeriod) {

    /** x of the deal-flow models: deal days after the first. */
    public int repeats() {
        return Math.max(0, days - 1);
    }

    public double recencyWeeks() {
        return recencyDays / 7.0;
    }

    public double ageWeeks() {
        return ageDays / 7.0;
    }

    /** Mean money per deal day; 0 without one. */
    public double meanPerDay() {
        return days == 0 ? 0 : revenue / days;
    }
}
