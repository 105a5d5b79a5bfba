package dev.rainmaker.app.cli;

import dev.rainmaker.app.draft.Comparison;
import dev.rainmaker.app.draft.PolicyDesk;
import dev.rainmaker.app.draft.Since;
import dev.rainmaker.app.draft.TextDiff;
import dev.rainmaker.app.ledger.PolicyLedger.Author;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.PolicyCheck.Finding;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Assignment policies before they go live, their versions, and what they would have earned. */
@Command(
        name = "policy",
        description = "Assignment policies before they go live, their versions, and what they would have earned.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PolicyCommand.Validate.class,
            PolicyCommand.Diff.class,
            PolicyCommand.Publish.class,
            PolicyCommand.Rollback.class,
            PolicyCommand.Versions.class,
            PolicyEvaluateCommand.class
        })
final class PolicyCommand implements Runnable {

    private static final String WHICH =
            "a file, the beginning of a version, or \"published\" (default: the policy folder's assignment.yaml)";

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Which? See rainmaker policy --help");
        }
    }

    private static Author author() {
        return new Author("cli", System.getProperty("user.name", "unknown"));
    }

    /** One line per finding, in the form that editors and terminals turn into a link. */
    static void print(PrintStream out, List<Finding> findings) {
        for (Finding finding : findings) {
            var place = finding.place();
            out.println(Table.printable(place.file() + ":" + place.line() + ":" + place.column() + ": "
                    + finding.severity().name().toLowerCase(java.util.Locale.ROOT) + ": "
                    + (finding.rule() == null ? "" : "rule \"" + finding.rule() + "\": ")
                    + finding.message()));
            if (!place.text().isEmpty()) {
                out.println(Table.printable("    " + place.text()));
            }
        }
    }

    /** Checks a policy against the partners and leads of the ledger. */
    @Command(
            name = "validate",
            description =
                    "Check a policy: unknown fields, types, rules that cannot be reached, pools empty today, uncovered leads.",
            mixinStandardHelpOptions = true)
    static final class Validate implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(arity = "0..1", paramLabel = "POLICY", description = WHICH)
        @Nullable
        String policy;

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                PolicyText text = PolicyText.of(rainmaker, policy);
                PolicyDesk.Checked checked = rainmaker
                        .drafts()
                        .check(text.name(), text.text(), rainmaker.ledger().now());
                if (common.output == Output.json) {
                    Output.json(
                            System.out,
                            Map.of(
                                    "valid", checked.valid(),
                                    "version", checked.version(),
                                    "findings", checked.findings()));
                } else {
                    print(System.out, checked.findings());
                    System.out.println(checked.valid() ? "The policy can be published." : "The policy has errors.");
                }
                return checked.valid() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
            }
        }
    }

    /** Compares two policies. */
    @Command(
            name = "diff",
            description = "What differs between two policies, line by line.",
            mixinStandardHelpOptions = true)
    static final class Diff implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "FROM",
                defaultValue = "published",
                description = "the same (default: published)")
        String from = "published";

        @Parameters(index = "1", arity = "0..1", paramLabel = "TO", description = WHICH)
        @Nullable
        String to;

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                PolicyText before = PolicyText.of(rainmaker, from);
                PolicyText after = PolicyText.of(rainmaker, to);
                List<TextDiff.Line> lines = TextDiff.changes(TextDiff.of(before.text(), after.text()), 3);
                if (common.output == Output.json) {
                    Output.json(System.out, Map.of("from", before.name(), "to", after.name(), "lines", lines));
                } else if (lines.isEmpty()) {
                    System.out.println("No difference between " + before.name() + " and " + after.name() + ".");
                } else {
                    System.out.println("--- " + before.name());
                    System.out.println("+++ " + after.name());
                    lines.forEach(line -> System.out.println(line.mark() + Table.printable(line.text())));
                }
                return ExitCode.DONE;
            }
        }
    }

    /** Publishes a policy. */
    @Command(
            name = "publish",
            description = "Publish a policy; running instances follow with their next decisions.",
            mixinStandardHelpOptions = true)
    static final class Publish implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(arity = "0..1", paramLabel = "POLICY", description = WHICH)
        @Nullable
        String policy;

        @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "why, for the history")
        String note = "";

        @Option(names = "--dry-run", description = "only say what would change")
        boolean dryRun;

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                PolicyDesk desk = rainmaker.drafts();
                Instant now = rainmaker.ledger().now();
                PolicyText text = PolicyText.of(rainmaker, policy);
                PolicyDesk.Checked checked = desk.check(text.name(), text.text(), now);
                if (checked.policy() == null || !checked.valid()) {
                    print(System.err, checked.findings());
                    System.err.println("Not published: the policy has errors.");
                    return ExitCode.CHECK_FAILED;
                }
                Comparison found = desk.simulate(checked.policy(), Since.instant("90d", now), 10_000);
                if (!dryRun) {
                    desk.publish(text.name(), text.text(), null, author(), note, now);
                }
                if (common.output == Output.json) {
                    Output.json(
                            System.out,
                            Map.of(
                                    "version", checked.version(),
                                    "published", !dryRun,
                                    "leads", found.leads(),
                                    "changed", found.changed()));
                } else {
                    System.out.println(found.changed() + " of " + found.leads()
                            + " leads of the last 90 days would have gone elsewhere.");
                    System.out.println((dryRun ? "Would publish " : "Published ") + checked.version());
                }
                return ExitCode.DONE;
            }
        }
    }

    /** Takes the published policy back. */
    @Command(
            name = "rollback",
            description = "Take the published policy back: the one before it, or the one named, is published again.",
            mixinStandardHelpOptions = true)
    static final class Rollback implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(names = "--to", paramLabel = "VERSION", description = "the beginning of a version's name")
        @Nullable
        String to;

        @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "why, for the history")
        String note = "";

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                String version = rainmaker.drafts().rollback(to, null, author(), note);
                if (common.output == Output.json) {
                    Output.json(System.out, Map.of("version", version));
                } else {
                    System.out.println("Published again: " + version);
                }
                return ExitCode.DONE;
            }
        }
    }

    /** The history. */
    @Command(
            name = "versions",
            description = "All versions and what happened to them, the latest first.",
            mixinStandardHelpOptions = true)
    static final class Versions implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                var steps = rainmaker.drafts().steps(200);
                if (common.output == Output.json) {
                    Output.json(System.out, steps);
                    return ExitCode.DONE;
                }
                Table table = new Table("AT (UTC)", "VERSION", "STEP", "FROM", "BY", "NOTE");
                steps.forEach(step -> table.row(
                        step.at(),
                        step.version().substring(0, Math.min(12, step.version().length())),
                        step.step(),
                        step.by().origin(),
                        step.by().who(),
                        step.note()));
                table.print(System.out);
                return ExitCode.DONE;
            }
        }
    }
}
