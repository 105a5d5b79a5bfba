package dev.rainmaker.bench;

import dev.rainmaker.lifetimevalue.forecast.Accuracy;
import dev.rainmaker.lifetimevalue.forecast.Backtest;
import dev.rainmaker.lifetimevalue.forecast.BacktestOptions;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the choice of a forecast is any good in worlds whose making is known: random, regular, seasonal, bursty, drifting, rare,
 * refunded deals, few partners, short data. Per world the origins of a backtest, where each choice saw earlier data only, and the
 * means over seeds: error and rank of what was chosen beside the baseline that turned out best afterwards, which nobody could have known, and
 * beside the last period; the coverage of the chosen method's 80 % intervals. The worlds say nothing about real partners.
 *
 * <p>Argument: number of seeds per world (default 5). Seeds are 1, 2, 3 ...
 */
public final class ForecastStudy {

    private static final int HORIZON = 180;

    private ForecastStudy() {}

    public static void main(String[] arguments) {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        System.out.printf(
                Locale.ROOT,
                "%-34s %6s | %6s %6s %6s | %6s %6s %6s | %5s | %s%n",
                "world",
                "n",
                "error",
                "best",
                "last",
                "rank",
                "best",
                "last",
                "cover",
                "chosen (and the baseline of least error)");
        for (ForecastWorld world : ForecastWorld.ALL) {
            study(world, seeds);
        }
    }

    private static void study(ForecastWorld world, int seeds) {
        List<double[]> figures = new ArrayList<>();
        Map<String, Integer> chosen = new TreeMap<>();
        Map<String, Integer> best = new TreeMap<>();
        int partners = 0;
        int failed = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Transactions deals = world.deals(seed);
            try {
                BacktestReport report =
                        Backtest.run(deals, BacktestOptions.ofHorizon(Math.min(HORIZON, world.days() / 3)));
                for (BacktestReport.Origin origin : report.origins()) {
                    chosen.merge(origin.chosen(), 1, Integer::sum);
                    partners = Math.max(partners, origin.n());
                }
                String winner = baseline(report);
                best.merge(winner, 1, Integer::sum);
                figures.add(figures(report, winner));
            } catch (IllegalArgumentException tooShort) {
                failed++;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-34s %6d | %6.3f %6.3f %6.3f | %6.3f %6.3f %6.3f | %5.2f | %s (%s)%s%n",
                world.name(),
                partners,
                mean(figures, 0),
                mean(figures, 1),
                mean(figures, 2),
                mean(figures, 3),
                mean(figures, 4),
                mean(figures, 5),
                mean(figures, 6),
                most(chosen),
                most(best),
                failed == 0 ? "" : ", " + failed + " too short");
    }

    private static String baseline(BacktestReport report) {
        String best = "last-period";
        double least = Double.MAX_VALUE;
        for (Map.Entry<String, Accuracy> each : report.total().entrySet()) {
            boolean plain = !each.getKey().contains("nbd") && !each.getKey().equals("chosen");
            Double error = each.getValue().maeOverMean();
            if (plain && error != null && error < least) {
                least = error;
                best = each.getKey();
            }
        }
        return best;
    }

    private static double[] figures(BacktestReport report, String best) {
        Accuracy own = of(report, "chosen");
        Accuracy winner = of(report, best);
        Accuracy last = of(report, "last-period");
        return new double[] {
            or(own.maeOverMean()),
            or(winner.maeOverMean()),
            or(last.maeOverMean()),
            or(own.spearman()),
            or(winner.spearman()),
            or(last.spearman()),
            or(own.coverage80())
        };
    }

    private static Accuracy of(BacktestReport report, String method) {
        return report.total().getOrDefault(method, new Accuracy(null, null, null, null, null));
    }

    private static double or(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static double mean(List<double[]> figures, int at) {
        return figures.stream()
                .mapToDouble(each -> each[at])
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private static String most(Map<String, Integer> counts) {
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .limit(3)
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList());
    }
}
