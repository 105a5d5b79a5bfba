package dev.rainmaker.app.cli;

import dev.rainmaker.app.draft.PolicyDesk;
import dev.rainmaker.app.draft.Since;
import dev.rainmaker.app.evaluation.DecisionLog;
import dev.rainmaker.app.evaluation.DecisionLogFile;
import dev.rainmaker.app.evaluation.EvaluationReport;
import dev.rainmaker.app.evaluation.JudgedDecisions;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.evaluation.EvaluationRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Off-policy evaluation: of a plain CSV file without configuration, state or database, else of the ledger's decisions. */
@Command(
        name = "evaluate",
        description =
                "Would another policy have earned more? Estimates it from logged decisions: the ledger's, or a CSV file's.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --log the draft is judged on the ledger's own decisions: each is decided again by the draft with what it saw, and",
            "rewarded with what became of its lead (won or lost deal). Leads and deals that are still open are left out, and said so.",
            "Example: rainmaker policy evaluate --policy draft.yaml --since 365d --until 90d --reward value",
            "",
            "FILE has one row per decision, columns decision_id,action,propensity,target_propensity,reward and, where known,",
            "q_action,q_target (modelled reward of the logged choice and of the candidate policy), cluster (such as the account),",
            "propensity_estimated (true or false), ctx_* (anything). Rows that cannot be used are named, and the exit code is 3.",
            "Example: rainmaker policy evaluate --log decisions.csv -o json"
        })
final class PolicyEvaluateCommand implements Callable<Integer> {

    private static final int REJECTS_SHOWN = 20;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--log", paramLabel = "FILE", description = "logged decisions as CSV, in place of the ledger's")
    @Nullable
    Path log;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "the draft: a file or a version (default: the assignment policy of the policy folder)")
    @Nullable
    String policy;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "365d",
            description = "the ledger's decisions from here on: 365d, 12h, 4w, or a day (default: 365d)")
    String since = "365d";

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "the ledger's decisions before: young ones have no outcome yet (default: now)")
    @Nullable
    String until;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10000",
            description = "at most so many of the ledger's decisions, the latest (default: 10000)")
    int most = 10_000;

    @Option(
            names = "--reward",
            paramLabel = "WHAT",
            defaultValue = "won",
            description = "won (1 or 0) or value (amount of the won deal) for the ledger's decisions (default: won)")
    JudgedDecisions.Reward reward = JudgedDecisions.Reward.WON;

    @Option(
            names = {"--estimated", "--estimated-propensities"},
            description = "the propensities were estimated afterwards, not logged: the answer says so")
    boolean estimated;

    @Option(
            names = "--estimate-by",
            paramLabel = "COLUMNS",
            split = ",",
            description =
                    "estimate the propensities: how often the action was chosen among rows alike in these columns")
    List<String> estimateBy = List.of();

    @Option(
            names = "--clip",
            paramLabel = "W",
            defaultValue = "10",
            description = "where weights are cut for the clipped figures (default: 10)")
    double clip = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of the resampling that makes the intervals (default: 1)")
    long seed = 1;

    @Override
    public Integer call() throws IOException {
        EvaluationRules rules = EvaluationRules.DEFAULT.clip(clip).resamples(2000, seed);
        EvaluationRules given = estimated ? rules.estimated() : rules;
        if (log == null) {
            return ofLedger(given);
        }
        DecisionLog read = estimateBy.isEmpty()
                ? DecisionLogFile.read(log)
                : DecisionLogFile.estimating(
                        log,
                        estimateBy.stream()
                                .map(column -> column.strip().toLowerCase(Locale.ROOT))
                                .toList());
        EvaluationReport report = EvaluationReport.of(read, given);
        tellRejects(log, read);
        print(report);
        return read.rejected() == 0 ? ExitCode.DONE : ExitCode.REJECTS;
    }

    private int ofLedger(EvaluationRules rules) {
        if (!estimateBy.isEmpty() || estimated) {
            throw new IllegalArgumentException(
                    "--estimate-by and --estimated are for a --log: the ledger's propensities were logged");
        }
        try (Rainmaker rainmaker = Opened.by(common)) {
            PolicyText text = PolicyText.of(rainmaker, policy);
            Instant now = rainmaker.ledger().now();
            PolicyDesk.Checked checked = rainmaker.drafts().check(text.name(), text.text(), now);
            if (checked.policy() == null) {
                PolicyCommand.print(System.err, checked.findings());
                return ExitCode.CHECK_FAILED;
            }
            DecisionLog read = rainmaker
                    .decisionLog()
                    .read(
                            checked.policy(),
                            Since.instant(since, now),
                            until == null ? now : Since.instant(until, now),
                            Math.max(1, most))
                    .log(reward);
            read.notes().forEach(System.err::println);
            print(EvaluationReport.of(read, rules));
            return ExitCode.DONE;
        }
    }

    private void print(EvaluationReport report) {
        switch (common.output) {
            case json -> Output.json(System.out, report.json());
            case csv -> System.out.print(report.csv());
            case table -> report.lines().forEach(System.out::println);
        }
    }

    private void tellRejects(Path file, DecisionLog read) {
        read.notes().forEach(note -> System.err.println(file + ":1: " + Table.printable(note)));
        int shownAtMost = common.verbose ? Integer.MAX_VALUE : REJECTS_SHOWN;
        read.rejects().stream()
                .limit(shownAtMost)
                .forEach(reject ->
                        System.err.println(file + ":" + reject.line() + ": " + Table.printable(reject.reason())));
        int shown = Math.min(shownAtMost, read.rejects().size());
        if (read.rejected() > shown) {
            System.err.println("... and " + (read.rejected() - shown) + " more rows that cannot be used");
        }
        if (read.rejected() > 0) {
            System.err.println(read.rejected() + " of " + read.rows() + " rows were left out.");
        }
    }
}
