package dev.rainmaker.app.cli;

import dev.rainmaker.app.draft.Comparison;
import dev.rainmaker.app.draft.PolicyDesk;
import dev.rainmaker.app.draft.Since;
import dev.rainmaker.app.runtime.Rainmaker;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A draft on the leads of the past, beside the published policy. */
@Command(
        name = "simulate",
        description =
                "Try a policy on past leads: who would get what, what changes, load per partner, who stays unassigned.",
        mixinStandardHelpOptions = true)
final class AssignSimulateCommand implements Callable<Integer> {

    private static final int CHANGES_SHOWN = 50;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "the draft (default: the assignment policy of the policy folder)")
    @Nullable
    Path policy;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "90d",
            description = "leads from here on: 90d, 12h, 4w, or a day (default: 90d)")
    String since = "90d";

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10000",
            description = "at most so many leads, the latest (default: 10000)")
    int most = 10_000;

    @Override
    public Integer call() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            PolicyText draft = PolicyText.of(rainmaker, policy == null ? null : policy.toString());
            PolicyDesk.Checked checked = rainmaker
                    .drafts()
                    .check(draft.name(), draft.text(), rainmaker.ledger().now());
            if (checked.policy() == null) {
                PolicyCommand.print(System.err, checked.findings());
                return ExitCode.CHECK_FAILED;
            }
            Comparison found = rainmaker
                    .drafts()
                    .simulate(
                            checked.policy(),
                            Since.instant(since, rainmaker.ledger().now()),
                            Math.max(1, most));
            switch (common.output) {
                case json -> Output.json(System.out, found);
                case csv -> csv(found);
                case table -> print(found);
            }
            return ExitCode.DONE;
        }
    }

    private static void csv(Comparison found) {
        System.out.println("lead,at,draft,draft_rule,published,actual,changed");
        found.lines()
                .forEach(line -> System.out.println(String.join(
                        ",",
                        line.lead().toString(),
                        line.at().toString(),
                        shown(line.draft()),
                        '"' + String.valueOf(line.draft().rule()).replace("\"", "\"\"") + '"',
                        shown(line.published()),
                        line.actual() == null ? "" : line.actual().toString(),
                        Boolean.toString(line.changed()))));
    }

    private static void print(Comparison found) {
        System.out.println(found.leads() + " leads since " + found.since()
                + (found.truncated() ? " (older ones left out, see --most)" : "") + ", " + found.changed()
                + " would go elsewhere than under the published policy");
        System.out.println();
        Table totals = new Table("", "DRAFT", "PUBLISHED");
        totals.row("assigned", found.draft().assigned(), found.published().assigned());
        totals.row("offered", found.draft().offered(), found.published().offered());
        TreeSet<String> reasons = new TreeSet<>(found.draft().unassigned().keySet());
        reasons.addAll(found.published().unassigned().keySet());
        reasons.forEach(reason -> totals.row(
                "unassigned: " + reason,
                found.draft().unassigned().getOrDefault(reason, 0),
                found.published().unassigned().getOrDefault(reason, 0)));
        totals.row(
                "inequality of load (Gini)",
                String.format(Locale.ROOT, "%.2f", found.draft().gini()),
                String.format(Locale.ROOT, "%.2f", found.published().gini()));
        totals.print(System.out);
        System.out.println();
        Table load = new Table("PARTNER", "NAME", "DRAFT", "PUBLISHED", "WAS");
        found.load().forEach(row -> load.row(row.partner(), row.name(), row.draft(), row.published(), row.actual()));
        load.print(System.out);
        List<Comparison.Line> changes = found.changes();
        if (!changes.isEmpty()) {
            System.out.println();
            Map<Object, String> names = new java.util.HashMap<>();
            found.load().forEach(row -> names.put(row.partner(), row.name()));
            Table table = new Table("LEAD", "COMPANY", "PUBLISHED", "DRAFT", "RULE");
            changes.stream()
                    .limit(CHANGES_SHOWN)
                    .forEach(line -> table.row(
                            line.lead(),
                            line.company(),
                            named(line.published(), names),
                            named(line.draft(), names),
                            line.draft().rule()));
            table.print(System.out);
            if (changes.size() > CHANGES_SHOWN) {
                System.out.println("... and " + (changes.size() - CHANGES_SHOWN) + " more; -o csv has all");
            }
        }
    }

    private static String named(Comparison.Outcome outcome, Map<Object, String> names) {
        return outcome.partner() == null
                ? outcome.kind().equals("offered") ? "offered" : "nobody: " + outcome.why()
                : names.getOrDefault(outcome.partner(), outcome.partner().toString());
    }

    private static String shown(Comparison.Outcome outcome) {
        return outcome.partner() == null
                ? outcome.kind().equals("offered") ? "offered" : "unassigned:" + outcome.why()
                : outcome.partner().toString();
    }
}
