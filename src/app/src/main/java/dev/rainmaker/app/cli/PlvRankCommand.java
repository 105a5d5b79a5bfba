package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.Ranking;
import dev.rainmaker.app.lifetimevalue.Ranking.Ranked;
import dev.rainmaker.app.lifetimevalue.RankingCsv;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.lifetimevalue.Trend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Partners by score, with the ranks that other weights would give them. */
@Command(
        name = "rank",
        description = "Partners by score, best first, and how sure their ranks are.",
        mixinStandardHelpOptions = true)
final class PlvRankCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--most", paramLabel = "N", defaultValue = "50", description = "how many (default: 50)")
    int most = 50;

    @Option(
            names = "--trend",
            paramLabel = "TREND",
            description = "only those that are improving, stable, falling or at_risk")
    Trend.@Nullable Direction trend;

    @Override
    public Integer call() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            Ranking ranking = rainmaker.plv().ranking();
            List<Ranked> rows = ranking.rows().stream()
                    .filter(row -> trend == null || row.trend().direction() == trend)
                    .limit(Math.max(0, most))
                    .toList();
            switch (common.output) {
                case json ->
                    Output.json(
                            System.out, rows.stream().map(PlvRankCommand::json).toList());
                case csv -> System.out.print(RankingCsv.of(rows));
                case table -> print(rows);
            }
            return ExitCode.DONE;
        }
    }

    static Map<String, Object> json(Ranked row) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("rank", row.interval().rank());
        one.put("bestRank", row.interval().best());
        one.put("worstRank", row.interval().worst());
        one.put("partner", row.partner());
        one.put("name", row.name());
        one.put("score", row.score().score());
        one.put("value", row.score().value().amount());
        one.put("lower80", row.result().value().lower80());
        one.put("upper80", row.result().value().upper80());
        one.put("currency", row.score().value().currency());
        one.put("trend", row.trend().direction().word());
        one.put("confidence", row.result().confidence());
        one.put("version", row.score().version());
        return one;
    }

    private static void print(List<Ranked> rows) {
        Table table =
                new Table("RANK", "SURELY", "PARTNER", "NAME", "SCORE", "VALUE", "80% BETWEEN", "CURRENCY", "TREND");
        for (Ranked row : rows) {
            table.row(
                    row.interval().rank(),
                    row.interval().best() + "-" + row.interval().worst(),
                    row.partner(),
                    row.name(),
                    row.score().score().toPlainString(),
                    String.format(Locale.ROOT, "%,.0f", row.score().value().amount()),
                    String.format(
                            Locale.ROOT,
                            "%,.0f and %,.0f",
                            row.result().value().lower80(),
                            row.result().value().upper80()),
                    row.score().value().currency(),
                    row.trend().direction().word());
        }
        table.print(System.out);
    }
}
