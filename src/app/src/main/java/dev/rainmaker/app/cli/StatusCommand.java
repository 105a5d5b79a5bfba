package dev.rainmaker.app.cli;

import dev.rainmaker.app.ledger.StreamState;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where everything stands. */
@Command(
        name = "status",
        description = "Where streams, decisions and writes stand, and what needs a person.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            List<StreamState> streams = rainmaker.streamLedger().streams();
            Map<String, Object> counts = new LinkedHashMap<>();
            for (FactKind kind : FactKind.values()) {
                long number = rainmaker.facts().count(kind);
                if (number > 0) {
                    counts.put(kind.word(), number);
                }
            }
            if (common.output == Output.json) {
                Output.json(
                        System.out,
                        Map.of(
                                "streams", streams,
                                "facts", counts,
                                "decisions", rainmaker.decisions().counts(),
                                "outbox", rainmaker.outbox().counts(),
                                "inboxWaiting", rainmaker.inbox().waiting(),
                                "deadLetters", rainmaker.deadLetters().count()));
                return ExitCode.DONE;
            }
            Table table = new Table("STREAM", "RECORDS READ", "PAGES", "COMPLETE", "LAST COMMIT (UTC)");
            streams.forEach(stream -> table.row(
                    stream.connection() + "/" + stream.name(),
                    stream.records(),
                    stream.pages(),
                    stream.complete() ? "yes" : "not yet",
                    stream.committedAt()));
            table.print(System.out);
            System.out.println();
            System.out.println("facts        " + plain(counts));
            System.out.println("decisions    " + plain(rainmaker.decisions().counts()));
            System.out.println("outbox       " + plain(rainmaker.outbox().counts()));
            System.out.println("inbox        " + rainmaker.inbox().waiting() + " waiting");
            long dead = rainmaker.deadLetters().count();
            System.out.println("dead letters " + dead + (dead > 0 ? "  (rainmaker deadletters list)" : ""));
            return ExitCode.DONE;
        }
    }

    private static String plain(Map<String, ?> counts) {
        return counts.isEmpty() ? "none" : counts.toString().replaceAll("[{}]", "");
    }
}
