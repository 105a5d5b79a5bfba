package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.Backtest;
import dev.rainmaker.lifetimevalue.forecast.Choice;
import dev.rainmaker.lifetimevalue.forecast.FittedFlow;
import dev.rainmaker.lifetimevalue.forecast.FittedModels;
import dev.rainmaker.lifetimevalue.forecast.ForecastMethod;
import dev.rainmaker.lifetimevalue.forecast.Intervals;
import dev.rainmaker.lifetimevalue.forecast.ObservedTime;
import dev.rainmaker.lifetimevalue.forecast.SnapshotTable;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.model.Regularity;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learns a {@link PlvModel} from the histories of all partners, sorted by partner, and, where given, from their deals. */
final class ModelFit {

    /** Of more partners than this, an even sample is fitted. */
    private static final int MOST_FITTED = 20_000;

    private final List<PartnerHistory> histories;
    private final @Nullable Transactions deals;
    private final PlvPolicy policy;
    private final LocalDate asOf;
    private final int asOfDay;
    private final @Nullable LocalDate since;

    ModelFit(List<PartnerHistory> histories, @Nullable Transactions deals, PlvPolicy policy, LocalDate asOf) {
        this.histories = histories;
        this.deals = deals;
        this.policy = policy;
        this.asOf = asOf;
        this.asOfDay = (int) asOf.toEpochDay();
        this.since = since();
    }

    private @Nullable LocalDate since() {
        if (deals != null && deals.size() > 0) {
            return deals.firstDate();
        }
        int first = Integer.MAX_VALUE;
        for (PartnerHistory history : histories) {
            first = history.deals().days() > 0 ? Math.min(first, history.deals().firstDay()) : first;
        }
        return first == Integer.MAX_VALUE ? null : LocalDate.ofEpochDay(first);
    }

    PlvModel fit(String version, long seed) {
        FittedModels fitted = fitFlows();
        Choice choice = choice(fitted, seed);
        Learned learned = Learned.from(histories);
        double[] expected = expected(choice.method(), fitted);
        Intervals intervals =
                choice.intervals().calibrated() ? choice.intervals() : Intervals.uncalibrated(positiveMedian(expected));
        return new PlvModel(
                version,
                asOf,
                policy.horizonDays(),
                choice.method(),
                choice.reason(),
                fitted,
                intervals,
                learned.conversion(),
                learned.leadClasses(),
                learned.adjustmentStrength(),
                learned.marginRate(),
                learned.satisfaction(),
                learned.initiative(),
                activity(),
                Cohorts.of(histories, expected, asOfDay, policy.horizonDays()),
                since,
                learned.leadTotals(),
                learned.skill());
    }

    private FittedModels fitFlows() {
        List<DealHistory> sellers = histories.stream()
                .map(PartnerHistory::deals)
                .filter(each -> each.days() > 0)
                .toList();
        int step = Math.max(1, (sellers.size() + MOST_FITTED - 1) / MOST_FITTED);
        int n = (sellers.size() + step - 1) / step;
        int[] days = new int[n];
        int[] recency = new int[n];
        int[] age = new int[n];
        double[] revenue = new double[n];
        for (int i = 0; i < n; i++) {
            DealHistory each = sellers.get(i * step);
            days[i] = each.days();
            recency[i] = each.lastDay() - each.firstDay();
            age[i] = Math.max(asOfDay, each.lastDay()) - each.firstDay();
            revenue[i] = each.revenue().value();
        }
        return FittedModels.fit(days, recency, age, revenue, regularity(sellers));
    }

    /** From the deals where they are given, else from the recent days that histories keep. */
    private Regularity regularity(List<DealHistory> sellers) {
        if (deals != null && deals.size() > 0) {
            return new SnapshotTable(deals, asOfDay, policy.horizonDays()).regularity();
        }
        Regularity regularity = new Regularity();
        sellers.forEach(each -> gaps(each, regularity));
        return regularity;
    }

    private Choice choice(FittedModels fitted, long seed) {
        if (deals != null) {
            Choice choice = Backtest.choose(deals, asOf, policy.horizonDays(), seed);
            String problem = ForecastMethod.of(choice.method()).problem(fitted);
            return problem == null
                    ? choice
                    : fallback(
                            "fallback to the last period: " + choice.method() + " cannot be used now, as " + problem);
        }
        FittedFlow flow = fitted.soundFlow();
        return flow == null
                ? fallback("fallback to the last period: " + why(fitted))
                : new Choice(
                        flow.name() + "+ewma-90d",
                        "stated default, not backtested: only histories were given, not deals",
                        Intervals.uncalibrated(1),
                        List.of(),
                        policy.horizonDays());
    }

    private Choice fallback(String reason) {
        return new Choice("last-period", reason, Intervals.uncalibrated(1), List.of(), policy.horizonDays());
    }

    private static String why(FittedModels fitted) {
        if (fitted.flowProblem() != null) {
            return fitted.flowProblem();
        }
        FittedFlow first = fitted.flows().get(0);
        return first.name() + " is not usable: " + first.problem();
    }

    /** Expected revenue per history, in their order; NaN for those that have not sold. */
    private double[] expected(String method, FittedModels fitted) {
        ForecastMethod chosen = ForecastMethod.of(method);
        int first = since == null ? asOfDay : (int) since.toEpochDay();
        return histories.stream()
                .mapToDouble(history -> {
                    DealHistory each = history.deals();
                    int day = Math.max(asOfDay, each.lastDay());
                    return each.days() == 0
                            ? Double.NaN
                            : chosen.revenue(
                                    PartnerMetrics.snapshot(
                                            each, day, policy.horizonDays(), ObservedTime.between(first, day)),
                                    fitted,
                                    policy.horizonDays());
                })
                .toArray();
    }

    private Activity activity() {
        double usual = usualGap();
        return deals == null ? Activity.stated(usual) : Activity.learn(deals, asOfDay, policy.horizonDays(), usual);
    }

    private double usualGap() {
        double[] gaps = histories.stream()
                .map(PartnerHistory::deals)
                .filter(each -> each.days() > 1)
                .mapToDouble(each -> (double) (each.lastDay() - each.firstDay()) / (each.days() - 1))
                .sorted()
                .toArray();
        return gaps.length == 0 ? 90 : Math.max(1, TermReference.quantile(gaps, 0, 0.5));
    }

    private static void gaps(DealHistory deals, Regularity into) {
        int before = 0;
        int last = 0;
        int seen = 0;
        for (RecentDay day : deals.recent()) {
            if (day.deals() == 0) {
                continue;
            }
            if (seen >= 2 && seen % 2 == 0) {
                into.add(last - before, day.day() - last);
            }
            before = last;
            last = day.day();
            seen++;
        }
    }

    private static double positiveMedian(double[] values) {
        double[] positive =
                java.util.Arrays.stream(values).filter(v -> v > 0).sorted().toArray();
        return positive.length == 0 ? 1 : TermReference.quantile(positive, 0, 0.5);
    }
}
