package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.Ranking;
import dev.rainmaker.app.lifetimevalue.RankingCsv;
import dev.rainmaker.app.runtime.Rainmaker;
import java.io.IOException;
import java.io.PrintStream;
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
            if (out == null) {
                write(rows, System.out);
                return ExitCode.DONE;
            }
            try (PrintStream file = new PrintStream(Files.newOutputStream(out), false, StandardCharsets.UTF_8)) {
                write(rows, file);
                if (file.checkError()) {
                    throw new UserError(out + " could not be written to its end.");
                }
            }
            return ExitCode.DONE;
        }
    }

    private void write(List<Ranking.Ranked> rows, PrintStream to) {
        if (common.output == Output.json) {
            Output.json(to, rows.stream().map(PlvExportCommand::json).toList());
        } else {
            to.print(RankingCsv.withTerms(rows));
        }
    }

    private static Map<String, Object> json(Ranking.Ranked row) {
        Map<String, Object> one = new LinkedHashMap<>(PlvRankCommand.json(row));
        one.put("evidence", row.trend().evidence());
        one.put("result", row.result());
        return one;
    }
}
