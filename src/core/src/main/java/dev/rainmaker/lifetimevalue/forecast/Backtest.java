package dev.rainmaker.lifetimevalue.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rolling backtest: at each origin every method sees only what was known then and is compared with what came. The choice at an
 * origin uses origins whose outcome was complete by then. Amounts are compared, not margins.
 */
public final class Backtest {

    private static final int STEP_DAYS = 30;
    private static final int MOST_EARLIER = 6;
    private static final int SHORTEST_HORIZON = 28;

    /** Methods are compared on this many partners at most; reported accuracy is that of all. */
    private static final int MOST_COMPARED = 10_000;

    private final Transactions deals;
    private final Transactions compared;
    private final long seed;
    private final int firstDay;
    private final Map<Long, OriginResult> known = new HashMap<>();

    private Backtest(Transactions deals, long seed) {
        this.deals = deals;
        this.compared = deals.sample(MOST_COMPARED);
        this.seed = seed;
        this.firstDay = (int) deals.firstDate().toEpochDay();
    }

    /**
     * Runs it.
     *
     * @throws IllegalArgumentException where the data hold no origin with a partner before it and a horizon after it, saying what
     *     they would have to hold
     */
    public static BacktestReport run(Transactions deals, BacktestOptions options) {
        if (deals.size() == 0) {
            throw new IllegalArgumentException("there are no usable transactions to backtest");
        }
        return new Backtest(deals, options.seed()).report(options);
    }

    /** Chooses a method with data up to a day, inclusive; for a forecast from that day. */
    public static Choice choose(Transactions deals, LocalDate asOf, int horizonDays, long seed) {
        if (deals.size() == 0) {
            return new Choice(
                    "last-period", "there are no transactions", Intervals.uncalibrated(1), List.of(), horizonDays);
        }
        return new Backtest(deals, seed).choose((int) asOf.toEpochDay(), horizonDays);
    }

    private BacktestReport report(BacktestOptions options) {
        int horizon = options.horizonDays();
        LocalDate lastDate = deals.lastDate();
        LocalDate asOf = options.asOf();
        int end = (int) (asOf == null || asOf.isAfter(lastDate) ? lastDate : asOf).toEpochDay();
        List<String> notes = new ArrayList<>();
        List<BacktestReport.Origin> origins = new ArrayList<>();
        for (int day : days(options, end, notes)) {
            Choice choice = choose(day, horizon);
            origins.add(origin(day, horizon, choice));
            if (choice.horizonDays() < horizon) {
                notes.add("as of " + LocalDate.ofEpochDay(day) + " the data before were too short for " + horizon
                        + " days: chosen by " + choice.horizonDays() + " days");
            }
        }
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("no origin can be tested: the data go from "
                    + LocalDate.ofEpochDay(firstDay) + " to " + LocalDate.ofEpochDay(end)
                    + " and need a partner with a deal and " + horizon
                    + " days after it; give a shorter horizon or longer data");
        }
        BacktestReport.Origin last = origins.get(origins.size() - 1);
        return new BacktestReport(horizon, origins, total(origins), last.chosen(), last.reason(), notes);
    }

    private List<Integer> days(BacktestOptions options, int end, List<String> notes) {
        int horizon = options.horizonDays();
        List<Integer> days = new ArrayList<>();
        for (LocalDate cutoff : options.cutoffs()) {
            int day = (int) cutoff.toEpochDay();
            if (day < firstDay) {
                notes.add("origin " + cutoff + " is before the first deal: left out");
            } else if (day + 1 > end) {
                notes.add("origin " + cutoff + " has no data after it: left out");
            } else {
                if (day + horizon > end) {
                    notes.add("origin " + cutoff + " has only " + (end - day) + " of " + horizon
                            + " days after it: outcomes are incomplete");
                }
                days.add(day);
            }
        }
        if (options.cutoffs().isEmpty()) {
            for (int day = end - horizon;
                    day > firstDay && days.size() < BacktestOptions.MOST_ORIGINS;
                    day -= STEP_DAYS) {
                days.add(0, day);
            }
        }
        return days;
    }

    private BacktestReport.Origin origin(int day, int horizon, Choice choice) {
        OriginResult result = deals == compared ? at(day, horizon) : new OriginResult(deals, day, horizon);
        Map<String, Accuracy> models = new LinkedHashMap<>();
        for (String method : result.forecasts.keySet()) {
            Intervals intervals = intervals(method, choice, horizon);
            models.put(method, result.accuracy(method).covering(result.forecast(method), result.outcome, intervals));
        }
        String method = choice.method();
        String reason = choice.reason();
        @Nullable String problem = ForecastMethod.of(method).problem(result.models);
        if (problem != null) {
            method = "last-period";
            reason = "fallback to the last period: " + choice.method() + " cannot be used now, as " + problem;
        }
        return new BacktestReport.Origin(LocalDate.ofEpochDay(day), result.table.size(), models, method, reason);
    }

    private @Nullable Intervals intervals(String method, Choice choice, int horizon) {
        List<double[]> forecasts = new ArrayList<>();
        List<double[]> outcomes = new ArrayList<>();
        for (int day : choice.origins()) {
            OriginResult earlier = at(day, choice.horizonDays());
            double[] forecast = earlier.orEmpty(method);
            if (forecast.length > 0) {
                forecasts.add(forecast);
                outcomes.add(earlier.outcome);
            }
        }
        return forecasts.isEmpty()
                ? null
                : Calibration.of(forecasts, outcomes).scaled((double) horizon / choice.horizonDays());
    }

    private Choice choose(int day, int horizon) {
        int tested = horizon;
        List<Integer> origins = List.of();
        for (int part = 1; part <= 12 && origins.size() < 2; part++) {
            int shorter = horizon / part;
            if (part > 1 && shorter < SHORTEST_HORIZON) {
                break;
            }
            List<Integer> found = earlier(day, shorter);
            if (found.size() > origins.size()) {
                origins = found;
                tested = shorter;
            }
        }
        if (origins.isEmpty()) {
            return new Choice(
                    "last-period",
                    "the data hold " + (day - firstDay + 1)
                            + " days, too short to compare methods: what was sold in them is taken to go on at that rate",
                    Intervals.uncalibrated(unit(day, horizon)),
                    List.of(),
                    horizon);
        }
        List<OriginResult> results = new ArrayList<>();
        for (int origin : origins) {
            results.add(at(origin, tested));
        }
        Chooser.Verdict verdict = new Chooser(results, seed).choose();
        Choice choice = new Choice(verdict.method(), verdict.reason(), Intervals.uncalibrated(1), origins, tested);
        Intervals intervals = intervals(verdict.method(), choice, horizon);
        return new Choice(
                verdict.method(),
                verdict.reason(),
                intervals == null ? Intervals.uncalibrated(unit(day, horizon)) : intervals,
                origins,
                tested);
    }

    /** Origins whose horizon was over by the day and that had at least as much history before them, earliest first. */
    private List<Integer> earlier(int day, int horizon) {
        List<Integer> result = new ArrayList<>();
        for (int origin = day - horizon;
                origin - horizon >= firstDay - 1 && result.size() < MOST_EARLIER;
                origin -= STEP_DAYS) {
            result.add(0, origin);
        }
        return result;
    }

    private double unit(int day, int horizon) {
        double[] positive = java.util.Arrays.stream(new SnapshotTable(deals, day, horizon)
                        .forecast(
                                ForecastMethod.LAST_PERIOD,
                                new FittedModels(
                                        List.of(), new FittedMoney(0, 0, 0, 0, 0, "not needed"), 0, 0, "not needed"),
                                horizon))
                .filter(f -> f > 0)
                .sorted()
                .toArray();
        return positive.length == 0 ? 1 : positive[positive.length / 2];
    }

    private OriginResult at(int day, int horizon) {
        return known.computeIfAbsent((long) day << 16 | horizon, any -> new OriginResult(compared, day, horizon));
    }

    private static Map<String, Accuracy> total(List<BacktestReport.Origin> origins) {
        Map<String, List<Accuracy>> all = new LinkedHashMap<>();
        for (BacktestReport.Origin origin : origins) {
            origin.models()
                    .forEach((method, accuracy) -> all.computeIfAbsent(method, any -> new ArrayList<>())
                            .add(accuracy));
            Accuracy chosen = origin.models().get(origin.chosen());
            if (chosen != null) {
                all.computeIfAbsent("chosen", any -> new ArrayList<>()).add(chosen);
            }
        }
        Map<String, Accuracy> result = new LinkedHashMap<>();
        all.forEach((method, of) -> {
            if (of.size() == origins.size()) {
                result.put(method, mean(of));
            }
        });
        return result;
    }

    private static Accuracy mean(List<Accuracy> of) {
        return new Accuracy(
                mean(of, Accuracy::spearman),
                mean(of, Accuracy::top10Share),
                mean(of, Accuracy::maeOverMean),
                mean(of, Accuracy::sumRatio),
                mean(of, Accuracy::coverage80));
    }

    private static @Nullable Double mean(
            List<Accuracy> of, java.util.function.Function<Accuracy, @Nullable Double> field) {
        double sum = 0;
        int n = 0;
        for (Accuracy accuracy : of) {
            Double value = field.apply(accuracy);
            if (value != null) {
                sum += value;
                n++;
            }
        }
        return n == 0 ? null : sum / n;
    }
}
