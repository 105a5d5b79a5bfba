package dev.rainmaker.app.cli;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.sync.SyncResult;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads, scores, assigns, writes back. */
@Command(
        name = "sync",
        description = "Read what changed, score partners, assign the leads that wait, write back.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: rainmaker sync crm --dry-run"})
final class SyncCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "only this one (default: all)")
    @Nullable
    String connection;

    @Option(names = "--full", description = "read from the start, not from where the last run ended")
    boolean full;

    @Option(names = "--dry-run", description = "read and map only; nothing is stored, decided or written")
    boolean dryRun;

    @Option(
            names = "--as-of",
            paramLabel = "WHEN",
            description = "score and decide as of this day or instant (default: now)")
    @Nullable
    String asOf;

    @Override
    public Integer call() {
        var progress = CommonOptions.progress();
        try (Rainmaker rainmaker = Opened.by(common, Opened.clock(asOf), progress)) {
            if (dryRun) {
                return dryRun(rainmaker);
            }
            rainmaker.pass(connection, full, Duration.ofMinutes(2));
            progress.finishStep();
            return report(rainmaker);
        }
    }

    private int dryRun(Rainmaker rainmaker) {
        SyncResult total = SyncResult.NOTHING;
        var progress = CommonOptions.progress();
        for (LiveConnection live : rainmaker.connections().all()) {
            if (connection == null || live.name().equals(connection)) {
                total = total.plus(rainmaker.streams().sync(live, full, true, progress));
            }
        }
        progress.finishStep();
        print(Map.of("records", total.records(), "facts", total.facts(), "problems", total.problems()), "would read");
        return total.problems() == 0 ? ExitCode.DONE : ExitCode.REJECTS;
    }

    private int report(Rainmaker rainmaker) {
        var totals = rainmaker.totals();
        Map<String, Object> counts = new TreeMap<>();
        counts.put("assigned", totals.assigned().assigned());
        counts.put("offered", totals.assigned().offered());
        counts.put("unassigned", totals.assigned().unassigned());
        counts.put("scored", totals.scored());
        counts.put("written", totals.written().written());
        counts.put("confirmed", totals.written().confirmed());
        counts.put("superseded", totals.written().superseded());
        counts.put("rejects", totals.problems() + totals.written().dead());
        counts.put("open", rainmaker.outbox().open());
        print(counts, "done");
        return totals.problems() + totals.written().dead() == 0 ? ExitCode.DONE : ExitCode.REJECTS;
    }

    private void print(Map<String, ?> counts, String verb) {
        if (common.output == Output.json) {
            Output.json(System.out, counts);
        } else {
            System.out.println(verb + ": " + counts.toString().replaceAll("[{}]", ""));
        }
    }
}
