package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.FittedFlow;
import dev.rainmaker.lifetimevalue.forecast.FittedModels;
import dev.rainmaker.lifetimevalue.forecast.ForecastMethod;
import dev.rainmaker.lifetimevalue.forecast.Intervals;
import dev.rainmaker.lifetimevalue.model.Regularity;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/** Learns a {@link PlvModel} from the histories of all partners. */
final class ModelFit {

    private ModelFit() {}

    static PlvModel fit(Collection<PartnerHistory> histories, PlvPolicy policy, LocalDate asOf, String version) {
        int asOfDay = (int) asOf.toEpochDay();
        List<DealHistory> sellers = histories.stream()
                .map(PartnerHistory::deals)
                .filter(deals -> deals.days() > 0)
                .toList();
        int n = sellers.size();
        int[] days = new int[n];
        int[] recency = new int[n];
        int[] age = new int[n];
        double[] revenue = new double[n];
        Regularity regularity = new Regularity();
        for (int i = 0; i < n; i++) {
            DealHistory deals = sellers.get(i);
            days[i] = deals.days();
            recency[i] = deals.lastDay() - deals.firstDay();
            age[i] = Math.max(asOfDay, deals.lastDay()) - deals.firstDay();
            revenue[i] = deals.revenue().value();
            gaps(deals, regularity);
        }
        FittedModels fitted = FittedModels.fit(days, recency, age, revenue, regularity);
        FittedFlow flow = fitted.soundFlow();
        String method = flow == null ? "last-period" : flow.name() + "+ewma-90d";
        String reason =
                flow == null ? "fallback to the last period: " + why(fitted, n) : "stated default, not backtested";
        double[] expected = sellers.stream()
                .mapToDouble(deals -> ForecastMethod.of(method)
                        .revenue(
                                PartnerMetrics.snapshot(
                                        deals, Math.max(asOfDay, deals.lastDay()), policy.horizonDays()),
                                fitted,
                                policy.horizonDays()))
                .sorted()
                .toArray();
        Learned learned = Learned.from(histories);
        return new PlvModel(
                version,
                asOf,
                policy.horizonDays(),
                method,
                reason,
                fitted,
                Intervals.uncalibrated(positiveMedian(expected)),
                learned.conversion(),
                learned.leadClasses(),
                learned.adjustmentStrength(),
                learned.marginRate(),
                learned.satisfaction(),
                learned.initiative(),
                Activity.stated(usualGap(days, recency)),
                List.of(everybody(expected, days, age, policy.horizonDays())));
    }

    private static String why(FittedModels fitted, int partners) {
        if (fitted.flows().isEmpty()) {
            return partners + " partners have sold, under " + FittedModels.FEWEST_PARTNERS;
        }
        return String.valueOf(fitted.flows().get(0).problem());
    }

    private static void gaps(DealHistory deals, Regularity into) {
        int before = 0;
        int last = 0;
        int seen = 0;
        for (RecentDay day : deals.recent()) {
            if (day.deals() == 0) {
                continue;
            }
            if (seen >= 2) {
                into.add(last - before, day.day() - last);
            }
            before = last;
            last = day.day();
            seen++;
        }
    }

    static double usualGap(int[] days, int[] recency) {
        double[] gaps = new double[days.length];
        int n = 0;
        for (int i = 0; i < days.length; i++) {
            if (days[i] > 1) {
                gaps[n++] = (double) recency[i] / (days[i] - 1);
            }
        }
        double[] sorted = java.util.Arrays.stream(gaps, 0, n).sorted().toArray();
        return n == 0 ? 90 : Math.max(1, TermReference.quantile(sorted, 0, 0.5));
    }

    static double positiveMedian(double[] sorted) {
        int first = 0;
        while (first < sorted.length && sorted[first] <= 0) {
            first++;
        }
        return first == sorted.length ? 1 : TermReference.quantile(sorted, first, 0.5);
    }

    private static CohortPrior everybody(double[] sorted, int[] days, int[] age, int horizonDays) {
        if (sorted.length == 0) {
            return new CohortPrior(null, null, null, 0, 0, 0, 0, 0);
        }
        double sum = 0;
        double flow = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += sorted[i];
            flow += (double) days[i] / (age[i] + 1);
        }
        return new CohortPrior(
                null,
                null,
                null,
                sorted.length,
                sum / sorted.length,
                TermReference.quantile(sorted, 0, 0.1),
                TermReference.quantile(sorted, 0, 0.9),
                Math.min(horizonDays, flow / sorted.length * horizonDays));
    }
}
