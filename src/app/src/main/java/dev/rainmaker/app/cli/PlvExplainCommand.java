package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.Freshness;
import dev.rainmaker.app.lifetimevalue.PartnerValue;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.lifetimevalue.Advice;
import dev.rainmaker.lifetimevalue.LeadDifficulty;
import dev.rainmaker.lifetimevalue.PeerStanding;
import dev.rainmaker.lifetimevalue.PlvChange;
import dev.rainmaker.partner.Partner;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Why a partner stands where it does, what moved it, and what it could do. */
@Command(
        name = "explain",
        description = "Why a partner stands where it does: what moved its score, its peers, what it could do.",
        mixinStandardHelpOptions = true)
final class PlvExplainCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "PARTNER", description = "its id in the CRM, connection/id, or part of its name")
    String partner = "";

    @Override
    public Integer call() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            Partner found = FindFact.one(rainmaker, FactKind.PARTNER, partner, Partner.class);
            PartnerValue value = rainmaker
                    .plv()
                    .partner(found.id())
                    .orElseThrow(() -> new UserError(found.name() + " has no score yet; run `rainmaker sync` first."));
            switch (common.output) {
                case json -> Output.json(System.out, value);
                case csv ->
                    throw new IllegalArgumentException(
                            "explain has no csv form; take json, or `rainmaker plv export -o csv` for all partners");
                case table -> print(value);
            }
            return ExitCode.DONE;
        }
    }

    private static void print(PartnerValue value) {
        var standing = value.standing();
        System.out.println(Table.printable(standing.name()) + "  (" + standing.partner() + ")");
        System.out.println("PLV score   " + standing.score().score().toPlainString() + " of 100, rank "
                + standing.interval().rank() + " of " + value.of() + ", surely between "
                + standing.interval().best() + " and " + standing.interval().worst());
        System.out.println("trend       " + standing.trend().direction().word() + ": "
                + String.join("; ", standing.trend().evidence()));
        System.out.println("tier        " + value.tier().tier() + (value.tier().changed() ? " (a change)" : "") + ": "
                + value.tier().reason());
        LeadDifficulty won = value.conversion();
        if (won != null) {
            System.out.printf(
                    Locale.ROOT,
                    "leads won   %.0f %% as counted (%d of %d, rank %d); %.0f %% adjusted for their difficulty (rank %d)%n",
                    100 * won.rawRate(),
                    won.won(),
                    won.worked(),
                    won.rawRank(),
                    100 * won.adjustedRate(),
                    won.adjustedRank());
        }
        System.out.println();
        System.out.println("What it should do next");
        for (Advice advice : value.advice()) {
            System.out.println("  " + Table.printable(advice.what())
                    + (advice.before() == null ? "" : " by " + advice.before()) + ": +"
                    + advice.points().toPlainString());
        }
        System.out.println();
        System.out.println("What changed since " + value.changesSince());
        Table changes = new Table("WHAT", "POINTS", "VALUE");
        for (PlvChange.Step step : value.changes().steps()) {
            changes.row(step.what(), step.points().toPlainString(), String.format(Locale.ROOT, "%,.0f", step.value()));
        }
        changes.row(
                "sum",
                value.changes().points().toPlainString(),
                String.format(Locale.ROOT, "%,.0f", value.changes().value()));
        changes.print(System.out);
        System.out.println();
        Table peers = new Table("METRIC", "OWN", "QUARTER", "HALF", "THREE QUARTERS", "ABOVE");
        for (PeerStanding peer : value.peers()) {
            peers.row(
                    peer.term().word(),
                    number(peer.own()),
                    number(peer.quarter()),
                    number(peer.median()),
                    number(peer.threeQuarters()),
                    String.format(Locale.ROOT, "%.0f%%", 100 * peer.shareBelow()));
        }
        peers.print(System.out);
        System.out.println();
        Table fresh = new Table("METRIC", "UNIT", "DIRECTION", "SOURCE", "LATEST FACT");
        for (Freshness each : value.freshness()) {
            fresh.row(
                    each.term().word(),
                    each.unit(),
                    each.direction(),
                    String.join(", ", each.sources()),
                    each.lastFact());
        }
        fresh.print(System.out);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.4f", value);
    }
}
