package dev.rainmaker.app.cli;

import dev.rainmaker.app.assignment.Replay;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.web.DecisionPath;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why a lead went where it went. */
@Command(
        name = "assign",
        description = "Why a lead went where it went.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AssignCommand.Explain.class,
            AssignSimulateCommand.class,
            AssignCommand.ReplayDecisions.class,
            AbsentCommand.class
        })
final class AssignCommand implements Runnable {

    @picocli.CommandLine.Spec
    picocli.CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Which? See rainmaker assign --help");
        }
    }

    /** The receipt of a lead's decision. */
    @Command(
            name = "explain",
            description = "Why this partner, and why not that one: the receipt of a lead's decision.",
            mixinStandardHelpOptions = true)
    static final class Explain implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(
                paramLabel = "LEAD",
                description = "its id in the CRM, connection/id, a decision's id, or part of its company's name")
        String wanted = "";

        @Option(names = "--partner", paramLabel = "PARTNER", description = "say what was decided about this partner")
        @Nullable
        String partner;

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "text, json, or svg: a picture of the path that the lead took (default: text)")
        @Nullable
        Format format;

        /** What a receipt is shown as. */
        enum Format {
            text,
            json,
            svg
        }

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                StoredDecision decision = decision(rainmaker);
                StoredDecision made = rainmaker.decisions().byPolicy(decision);
                Replay.Replayed replayed = rainmaker.replay().replay(made);
                if (format == Format.svg) {
                    System.out.print(DecisionPath.file(replayed.decision().receipt()));
                    return ExitCode.DONE;
                }
                if (format == Format.json || common.output == Output.json) {
                    System.out.println(decision.receipt());
                    return ExitCode.DONE;
                }
                System.out.println(
                        "decision " + decision.id() + " of lead " + decision.lead() + ", " + decision.outcome());
                if (!decision.byPolicy()) {
                    System.out.println(decision.summary() + "; before that:");
                }
                System.out.println(replayed.decision().receipt().text());
                if (partner != null) {
                    System.out.println();
                    System.out.println(WhyNot.text(rainmaker, replayed, partner));
                }
                System.out.println();
                System.out.println(
                        replayed.same()
                                ? "Replayed from the facts as of sequence " + decision.factsSeq()
                                        + ": same to the byte."
                                : "Replayed from the facts as of sequence " + decision.factsSeq()
                                        + ": the receipt differs; it was made by another engine version.");
                return ExitCode.DONE;
            }
        }

        private StoredDecision decision(Rainmaker rainmaker) {
            return rainmaker.decisions().find(wanted).orElseGet(() -> {
                RecordId lead = FindFact.one(rainmaker, FactKind.LEAD, wanted, Lead.class)
                        .id();
                return rainmaker.decisions().ofLead(lead).stream()
                        .findFirst()
                        .orElseThrow(() -> new UserError("Nothing was decided about lead " + lead
                                + ": it was assigned in the CRM before Rainmaker saw it, is closed, or waits for the next "
                                + "`rainmaker sync`."));
            });
        }
    }

    /** Makes stored decisions again and compares. */
    @Command(
            name = "replay",
            description = "Make stored decisions again from the facts as they were, and compare byte for byte.",
            mixinStandardHelpOptions = true)
    static final class ReplayDecisions implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(
                names = "--most",
                paramLabel = "N",
                defaultValue = "100",
                description = "how many, latest first (default: 100)")
        int most = 100;

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                Replay.Replays replays = rainmaker.replay().latest(most);
                int differing = replays.differing().size() + replays.gone().size();
                if (common.output == Output.json) {
                    Output.json(System.out, Map.of("replayed", replays.replayed(), "differing", differing));
                } else {
                    System.out.println(replays.replayed() + " decisions replayed, "
                            + replays.differing().size() + " differ");
                    replays.differing().forEach(id -> System.out.println("  differs: " + id));
                    replays.gone()
                            .forEach((id, why) -> System.out.println("  cannot be made again: " + id + ", " + why));
                }
                return differing == 0 ? ExitCode.DONE : ExitCode.FAILED;
            }
        }
    }
}
