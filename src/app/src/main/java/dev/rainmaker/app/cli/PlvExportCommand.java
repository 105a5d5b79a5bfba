package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.Ranking;
import dev.rainmaker.app.lifetimevalue.RankingCsv;
import dev.rainmaker.app.runtime.Rainmaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All partners with everything that is known of their value, as data. */
@Command(
        name = "export",
        description = "All partners with rank, value, trend and the points of each term: csv, or json with -o json.",
        mixinStandardHelpOptions = true)
final class PlvExportCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "write here instead of to the output")
    @Nullable
    Path out;

    @Override
    public Integer call() throws IOException {
        try (Rainmaker rainmaker = Opened.by(common)) {
            List<Ranking.Ranked> rows = rainmaker.plv().ranking().rows();
            if (common.output == Output.json) {
                Output.json(
                        System.out, rows.stream().map(PlvExportCommand::json).toList());
            } else if (out != null) {
                Files.writeString(out, RankingCsv.withTerms(rows), StandardCharsets.UTF_8);
            } else {
                System.out.print(RankingCsv.withTerms(rows));
            }
            return ExitCode.DONE;
        }
    }

    private static Map<String, Object> json(Ranking.Ranked row) {
        Map<String, Object> one = new LinkedHashMap<>(PlvRankCommand.json(row));
        one.put("evidence", row.trend().evidence());
        one.put("result", row.result());
        return one;
    }
}
