package dev.rainmaker.app.cli;

import dev.rainmaker.app.evaluation.DecisionLog;
import dev.rainmaker.app.evaluation.DecisionLogFile;
import dev.rainmaker.app.evaluation.EvaluationReport;
import dev.rainmaker.assignment.evaluation.EvaluationRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Off-policy evaluation of a plain CSV file, without configuration, state or database. */
@Command(
        name = "evaluate",
        description = "Would another policy have earned more? Estimates it from logged decisions in a CSV file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "FILE has one row per decision, columns decision_id,action,propensity,target_propensity,reward and, where known,",
            "q_action,q_target (modelled reward of the logged choice and of the candidate policy), cluster (such as the account),",
            "propensity_estimated (true or false), ctx_* (anything). Rows that cannot be used are named, and the exit code is 3.",
            "Example: rainmaker policy evaluate --log decisions.csv -o json"
        })
final class PolicyEvaluateCommand implements Callable<Integer> {

    private static final int REJECTS_SHOWN = 20;

    @Option(names = "--log", required = true, paramLabel = "FILE", description = "the logged decisions")
    Path log = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or csv (default: table)")
    Output output = Output.table;

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

    @Option(names = "--verbose", description = "show details of errors, and all rejected rows")
    boolean verbose;

    @Override
    public Integer call() throws IOException {
        EvaluationRules rules = EvaluationRules.DEFAULT.clip(clip).resamples(2000, seed);
        DecisionLog read = estimateBy.isEmpty()
                ? DecisionLogFile.read(log)
                : DecisionLogFile.estimating(
                        log,
                        estimateBy.stream()
                                .map(column -> column.strip().toLowerCase(Locale.ROOT))
                                .toList());
        EvaluationReport report = EvaluationReport.of(read, estimated ? rules.estimated() : rules);
        tellRejects(read);
        switch (output) {
            case json -> Output.json(System.out, report.json());
            case csv -> System.out.print(report.csv());
            case table -> report.lines().forEach(System.out::println);
        }
        return read.rejected() == 0 ? ExitCode.DONE : ExitCode.REJECTS;
    }

    private void tellRejects(DecisionLog read) {
        read.notes().forEach(note -> System.err.println(log + ":1: " + Table.printable(note)));
        int most = verbose ? Integer.MAX_VALUE : REJECTS_SHOWN;
        read.rejects().stream()
                .limit(most)
                .forEach(reject ->
                        System.err.println(log + ":" + reject.line() + ": " + Table.printable(reject.reason())));
        int shown = Math.min(most, read.rejects().size());
        if (read.rejected() > shown) {
            System.err.println("... and " + (read.rejected() - shown) + " more rows that cannot be used");
        }
        if (read.rejected() > 0) {
            System.err.println(read.rejected() + " of " + read.rows() + " rows were left out.");
        }
    }
}
