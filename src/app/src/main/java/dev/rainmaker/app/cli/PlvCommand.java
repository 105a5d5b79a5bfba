package dev.rainmaker.app.cli;

import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.app.lifetimevalue.ScorePartners;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.ScoreTerm;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What partners are worth, and why. */
@Command(
        name = "plv",
        description = "What partners are worth, and why.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PlvCommand.Show.class,
            PlvRankCommand.class,
            PlvExplainCommand.class,
            PlvFitCommand.class,
            PlvBacktestCommand.class,
            PlvScoreCommand.class,
            PlvRefitCommand.class,
            PlvExportCommand.class
        })
final class PlvCommand implements Runnable {

    @picocli.CommandLine.Spec
    picocli.CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Which? See rainmaker plv --help");
        }
    }

    /** One partner: the forecast and each term of the score. */
    @Command(
            name = "show",
            description = "One partner: its forecast in money and each term of its score.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "PARTNER", description = "its id in the CRM, connection/id, or part of its name")
        String partner = "";

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                Partner found = FindFact.one(rainmaker, FactKind.PARTNER, partner, Partner.class);
                StoredScore score = rainmaker
                        .scores()
                        .find(found.id())
                        .orElseThrow(
                                () -> new UserError(found.name() + " has no score yet; run `rainmaker sync` first."));
                PlvResult result = ScorePartners.result(score);
                if (common.output == Output.json) {
                    Output.json(
                            System.out,
                            Map.of(
                                    "partner",
                                    found.id(),
                                    "name",
                                    found.name(),
                                    "currency",
                                    score.value().currency(),
                                    "result",
                                    result));
                    return ExitCode.DONE;
                }
                if (common.output == Output.csv) {
                    printTerms(result);
                } else {
                    print(found, score, result);
                }
                return ExitCode.DONE;
            }
        }

        /** The terms are the rows; notes are prose and stay in the other forms. */
        private static void printTerms(PlvResult result) {
            System.out.println("term,points,weight,metric,position,confidence");
            for (ScoreTerm term : result.terms()) {
                System.out.println(String.join(
                        ",",
                        term.term().word(),
                        term.points().toPlainString(),
                        BigDecimal.valueOf(term.weight()).toPlainString(),
                        BigDecimal.valueOf(term.metric()).toPlainString(),
                        BigDecimal.valueOf(term.position()).toPlainString(),
                        BigDecimal.valueOf(term.confidence()).toPlainString()));
            }
        }

        private static void print(Partner partner, StoredScore score, PlvResult result) {
            String currency = score.value().currency();
            System.out.println(Table.printable(partner.name()) + "  (" + partner.id() + ")");
            System.out.printf(
                    Locale.ROOT,
                    "PLV value   %,.0f %s expected %s in %d days (80%% between %,.0f and %,.0f), by %s%n",
                    result.value().expected(),
                    currency,
                    result.value().margin() ? "margin" : "revenue (margin is not known)",
                    result.value().horizonDays(),
                    result.value().lower80(),
                    result.value().upper80(),
                    result.method());
            System.out.printf(Locale.ROOT, "sells again %.0f %%%n", 100 * result.probabilityAlive());
            System.out.println("PLV score   " + result.score().toPlainString() + " of 100, as of " + result.asOf()
                    + " (version " + result.modelVersion() + ")");
            var trend = ScorePartners.trend(score);
            System.out.println("trend       " + trend.direction().word() + ": " + String.join("; ", trend.evidence())
                    + " against 90 days earlier");
            System.out.println();
            Table table = new Table("TERM", "POINTS", "OF", "METRIC", "CONFIDENCE", "NOTE");
            for (ScoreTerm term : result.terms()) {
                table.row(
                        term.term().name().toLowerCase(Locale.ROOT),
                        term.points().setScale(2).toPlainString(),
                        String.format(Locale.ROOT, "%.2f", 100 * term.weight()),
                        String.format(Locale.ROOT, "%,.4f", term.metric()),
                        String.format(Locale.ROOT, "%.2f", term.confidence()),
                        term.note());
            }
            table.row("sum", result.score().setScale(2).toPlainString(), "", "", "", "");
            table.print(System.out);
        }
    }
}
