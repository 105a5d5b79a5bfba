package dev.rainmaker.lifetimevalue.forecast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to forecast a partner's revenue over a horizon. Names: {@code last-period} (the last horizon repeats),
 * {@code last-90d}, {@code last-365d} (scaled to the horizon), {@code ewma-30d} and further half-lives (decayed run-rate),
 * {@code all-history} (revenue per day of age), {@code bg-nbd}, {@code mbg-nbd}, {@code pareto-nbd} (expected deals times
 * expected money per deal), and {@code a+b} (their mean).
 *
 * @param name as above
 * @param parts of a blend; empty for a plain method
 */
public record ForecastMethod(String name, List<ForecastMethod> parts) {

    /** Half-lives of the run-rates, days. */
    public static final List<Double> HALF_LIVES = List.of(30.0, 90.0, 180.0, 365.0);

    public static final ForecastMethod LAST_PERIOD = new ForecastMethod("last-period", List.of());

    /**
     * Expected deals under this are none: a flow model gives partners that left long ago ever smaller numbers, and ranking by these
     * would be ranking noise.
     */
    private static final double NO_DEAL = 0.01;

    private static final double LN_2 = 0.693147180559945309417;
    private static final List<String> BASELINES = List.of(
            "last-period", "last-90d", "last-365d", "ewma-30d", "ewma-90d", "ewma-180d", "ewma-365d", "all-history");
    private static final List<String> FLOWS = List.of("mbg-nbd", "bg-nbd", "pareto-nbd");

    public ForecastMethod {
        parts = List.copyOf(parts);
    }

    /**
     * Finds a method by name.
     *
     * @throws IllegalArgumentException if there is no such method
     */
    public static ForecastMethod of(String name) {
        for (ForecastMethod candidate : Candidates.ALL) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        return parse(name);
    }

    static ForecastMethod parse(String name) {
        if (name.indexOf('+') >= 0) {
            List<ForecastMethod> parts = new ArrayList<>();
            for (String part : name.split("\\+", -1)) {
                parts.add(parse(part));
            }
            return new ForecastMethod(name, parts);
        }
        if (!BASELINES.contains(name) && !FLOWS.contains(name)) {
            throw new IllegalArgumentException("no forecast method is called \"" + name + "\"; there are " + BASELINES
                    + ", " + FLOWS + " and their means a+b");
        }
        return new ForecastMethod(name, List.of());
    }

    /** Whether it needs a fitted deal-flow model. */
    public boolean usesFlow() {
        return FLOWS.contains(name) || parts.stream().anyMatch(ForecastMethod::usesFlow);
    }

    /** Why it cannot be used with these models, null where it can. */
    public @Nullable String problem(FittedModels models) {
        for (ForecastMethod part : parts) {
            String problem = part.problem(models);
            if (problem != null) {
                return problem;
            }
        }
        return FLOWS.contains(name) ? models.problem(name) : null;
    }

    /**
     * Expected revenue in the next {@code horizonDays}, never negative. A partner without deals has none here: its forecast is
     * a matter of its cohort.
     */
    public double revenue(Snapshot partner, FittedModels models, int horizonDays) {
        if (!parts.isEmpty()) {
            double sum = 0;
            for (ForecastMethod part : parts) {
                sum += part.revenue(partner, models, horizonDays);
            }
            return sum / parts.size();
        }
        if (partner.days() == 0) {
            return 0;
        }
        double value = switch (name) {
            case "last-period" -> partner.lastPeriod();
            case "last-90d" -> partner.last90() * horizonDays / 90;
            case "last-365d" -> partner.last365() * horizonDays / 365;
            case "ewma-30d" -> runRate(partner, 0, horizonDays);
            case "ewma-90d" -> runRate(partner, 1, horizonDays);
            case "ewma-180d" -> runRate(partner, 2, horizonDays);
            case "ewma-365d" -> runRate(partner, 3, horizonDays);
            case "all-history" -> partner.revenue() / (partner.ageDays() + 1) * horizonDays;
            default -> flowRevenue(partner, models, horizonDays);
        };
        return Math.max(0, value);
    }

    private static double runRate(Snapshot partner, int index, int horizonDays) {
        return horizonDays * LN_2 / HALF_LIVES.get(index) * partner.runRates()[index];
    }

    private double flowRevenue(Snapshot partner, FittedModels models, int horizonDays) {
        FittedFlow flow = models.flow(name);
        if (flow == null) {
            throw new IllegalStateException(name + " was not fitted");
        }
        double deals = flow.model()
                .expectedDeals(partner.repeats(), partner.recencyWeeks(), partner.ageWeeks(), horizonDays / 7.0);
        return deals < NO_DEAL ? 0 : deals * models.money().expected(partner.days(), partner.meanPerDay());
    }
}
