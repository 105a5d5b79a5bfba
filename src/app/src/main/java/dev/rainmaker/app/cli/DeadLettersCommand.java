package dev.rainmaker.app.cli;

import dev.rainmaker.app.ledger.DeadLetterLedger.DeadLetter;
import dev.rainmaker.app.runtime.Rainmaker;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What could not be applied or written. */
@Command(
        name = "deadletters",
        description = "What could not be applied or written, with its original bytes and the reason.",
        mixinStandardHelpOptions = true,
        subcommands = {DeadLettersCommand.ListOpen.class, DeadLettersCommand.ReplayThem.class})
final class DeadLettersCommand implements Runnable {

    @picocli.CommandLine.Spec
    picocli.CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "Which? rainmaker deadletters list, or rainmaker deadletters replay");
        }
    }

    /** Lists the open ones. */
    @Command(name = "list", description = "List the open ones, newest first.", mixinStandardHelpOptions = true)
    static final class ListOpen implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(names = "--bodies", description = "show the original bytes too (they may hold personal data)")
        boolean bodies;

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                List<DeadLetter> open = rainmaker.deadLetters().open(200);
                if (common.output == Output.json) {
                    Output.json(System.out, open.stream().map(this::json).toList());
                    return ExitCode.DONE;
                }
                if (open.isEmpty()) {
                    System.out.println("No dead letters.");
                    return ExitCode.DONE;
                }
                Table table = new Table("ID", "ORIGIN", "RECORD", "TRIES", "LAST (UTC)", "REASON");
                open.forEach(letter -> table.row(
                        letter.id(),
                        letter.origin(),
                        letter.connection() + "/" + letter.stream() + "/" + letter.recordId(),
                        letter.attempts(),
                        letter.lastAt(),
                        letter.reason()));
                table.print(System.out);
                if (bodies) {
                    open.forEach(letter -> System.out.println(
                            letter.id() + ": " + Table.printable(new String(letter.body(), StandardCharsets.UTF_8))));
                }
                return ExitCode.DONE;
            }
        }

        private Map<String, Object> json(DeadLetter letter) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", letter.id());
            members.put("origin", letter.origin());
            members.put("connection", letter.connection());
            members.put("stream", letter.stream());
            members.put("record", letter.recordId());
            members.put("reason", letter.reason());
            members.put("attempts", letter.attempts());
            members.put("firstAt", letter.firstAt());
            members.put("lastAt", letter.lastAt());
            if (bodies) {
                members.put("body", new String(letter.body(), StandardCharsets.UTF_8));
            }
            return members;
        }
    }

    /** Tries them again. */
    @Command(
            name = "replay",
            description = "Try again: records are fetched and mapped anew, writes go back to the outbox.",
            mixinStandardHelpOptions = true)
    static final class ReplayThem implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(arity = "0..*", paramLabel = "ID", description = "only these (default: all open ones)")
        List<Long> ids = List.of();

        @Override
        public Integer call() throws InterruptedException {
            try (Rainmaker rainmaker = Opened.by(common)) {
                var result = rainmaker.redrive(ids);
                if (common.output == Output.json) {
                    Output.json(System.out, result);
                } else {
                    System.out.println(result.replayed() + " replayed, " + result.failed() + " failed again");
                }
                return result.failed() == 0 ? ExitCode.DONE : ExitCode.REJECTS;
            }
        }
    }
}
