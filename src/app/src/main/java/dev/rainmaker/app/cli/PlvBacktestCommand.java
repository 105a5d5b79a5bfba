package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.LedgerDeals;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.lifetimevalue.forecast.Accuracy;
import dev.rainmaker.lifetimevalue.forecast.Backtest;
import dev.rainmaker.lifetimevalue.forecast.BacktestOptions;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each forecast method would have got right: on a CSV of transactions, or without one on the ledger's deals. */
@Command(
        name = "backtest",
        description =
                "What each forecast method would have got right, at days in the past: on a CSV of won deals, or without"
                        + " --transactions on the ledger's.",
        mixinStandardHelpOptions = true)
final class PlvBacktestCommand implements Callable<Integer> {

    private static final int SHORTEST = 7;

    @Mixin
    PlvCsvInput input = new PlvCsvInput();

    @Option(
            names = "--cutoffs",
            paramLabel = "DAY",
            split = ",",
            description =
                    "days to forecast from, comma-separated (default: up to 6, a month apart, with a full horizon after)")
    List<String> cutoffs = List.of();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        return input.transactions == null
                ? onLedger()
                : on(input.transactions(), input.policy().horizonDays());
    }

    private int onLedger() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            Transactions deals = new LedgerDeals(
                            rainmaker.ledger(), rainmaker.configuration().reportingCurrency())
                    .read();
            if (deals.size() == 0) {
                throw new UserError("The ledger has no won deal of a partner yet; run `rainmaker sync` first,"
                        + " or give --transactions FILE.csv.");
            }
            Integer asked = input.horizonDays;
            return on(deals, asked == null ? rainmaker.policies().plv().horizonDays() : PlvCsvInput.horizon(asked));
        }
    }

    private int on(Transactions deals, int asked) {
        LocalDate asOf = input.asOf(deals);
        int horizon = horizon(asked, deals, asOf);
        BacktestReport report = Backtest.run(
                deals,
                new BacktestOptions(
                        horizon,
                        asOf,
                        cutoffs.stream()
                                .map(day -> PlvCsvInput.day("--cutoffs", day))
                                .toList(),
                        1));
        if (common.output == Output.json) {
            Output.json(System.out, json(report, deals));
        } else {
            print(report);
        }
        if (horizon < asked) {
            System.err.println("The data are too short for " + asked + " days: tested with " + horizon
                    + "; --horizon-days N asks for another.");
        }
        return input.tell(System.err, deals.size());
    }

    /** The default horizon, or a third of the data where they are too short for it and no other was asked for. */
    private int horizon(int asked, Transactions deals, LocalDate asOf) {
        long days = ChronoUnit.DAYS.between(deals.firstDate(), asOf);
        boolean asStated = input.horizonDays != null || !cutoffs.isEmpty();
        return asStated || days > asked ? asked : (int) Math.max(SHORTEST, days / 3);
    }

    private Map<String, Object> json(BacktestReport report, Transactions deals) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("horizonDays", report.horizonDays());
        result.put(
                "origins",
                report.origins().stream()
                        .map(origin -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("asOf", origin.asOf().toString());
                            one.put("n", origin.n());
                            one.put("models", models(origin.models()));
                            one.put("chosen", origin.chosen());
                            one.put("reason", origin.reason());
                            return one;
                        })
                        .toList());
        result.put("total", models(report.total()));
        result.put("chosen", report.chosen());
        result.put("reason", report.reason());
        result.put("notes", report.notes());
        result.put("transactions", deals.size());
        result.put("rejected", input.rejected());
        result.put("rejectedRows", input.rejectedRows());
        return result;
    }

    private static Map<String, Object> models(Map<String, Accuracy> models) {
        Map<String, Object> result = new LinkedHashMap<>();
        models.forEach((name, accuracy) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("spearman", accuracy.spearman());
            one.put("top10Share", accuracy.top10Share());
            one.put("maeOverMean", accuracy.maeOverMean());
            one.put("sumRatio", accuracy.sumRatio());
            one.put("coverage80", accuracy.coverage80());
            result.put(name, one);
        });
        return result;
    }

    private static void print(BacktestReport report) {
        for (BacktestReport.Origin origin : report.origins()) {
            System.out.println("as of " + origin.asOf() + ", " + origin.n() + " partners, the " + report.horizonDays()
                    + " days after; chosen from earlier data: " + origin.chosen());
            table(origin.models(), origin.chosen());
            System.out.println();
        }
        if (report.origins().size() > 1) {
            System.out.println("mean of " + report.origins().size() + " origins");
            table(report.total(), "chosen");
            System.out.println();
        }
        System.out.println("chosen   " + report.chosen());
        System.out.println("why      " + report.reason());
        report.notes().forEach(note -> System.out.println("note     " + note));
    }

    private static void table(Map<String, Accuracy> models, String chosen) {
        Table table = new Table("", "MODEL", "SPEARMAN", "TOP 10%", "MAE/MEAN", "SUM RATIO", "COVERAGE 80%");
        models.forEach((name, accuracy) -> table.row(
                name.equals(chosen) ? "*" : "",
                name,
                number(accuracy.spearman()),
                number(accuracy.top10Share()),
                number(accuracy.maeOverMean()),
                number(accuracy.sumRatio()),
                number(accuracy.coverage80())));
        table.print(System.out);
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
    }
}
