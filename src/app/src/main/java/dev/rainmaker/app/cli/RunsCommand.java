package dev.rainmaker.app.cli;

import dev.rainmaker.app.ledger.RunLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What ran when, with what result. */
@Command(name = "runs", description = "What ran when, with what result.", mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--most", paramLabel = "N", defaultValue = "20", description = "how many (default: 20)")
    int most = 20;

    @Override
    public Integer call() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            List<RunLedger.Run> runs = rainmaker.runs().latest(most);
            if (common.output == Output.json) {
                Output.json(System.out, runs);
                return ExitCode.DONE;
            }
            Table table =
                    new Table("RUN", "KIND", "CONNECTION", "STATE", "STARTED (UTC)", "SECONDS", "COUNTS", "MESSAGE");
            for (RunLedger.Run run : runs) {
                table.row(
                        run.id(),
                        run.kind(),
                        run.connection(),
                        run.state(),
                        run.startedAt(),
                        run.endedAt() == null
                                ? ""
                                : Duration.between(run.startedAt(), run.endedAt())
                                                .toMillis()
                                        / 1000.0,
                        run.counts().toString().replaceAll("[{}]", ""),
                        run.message());
            }
            table.print(System.out);
            return ExitCode.DONE;
        }
    }
}
