package dev.rainmaker.app.cli;

import dev.rainmaker.app.draft.Since;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.PartnerAbsence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** States that a partner is out of office, lists who is. */
@Command(
        name = "absent",
        description =
                "Say that a partner is out of office: it gets no new lead until it is back. Without a partner: who is.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: rainmaker assign absent \"Elbe Systems\" --from 2026-08-01 --until 2026-08-15 --note holidays",
            "A connected system may say it too: a mapping to the fact \"absence\" (docs/mapping.md)."
        })
final class AbsentCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PARTNER",
            description = "its id in the CRM, connection/id, or part of its name")
    @Nullable
    String partner;

    @Option(names = "--from", paramLabel = "TIME", description = "a day (UTC) or an instant (default: now)")
    @Nullable
    String from;

    @Option(names = "--until", paramLabel = "TIME", description = "a day (UTC) or an instant from which it is back")
    @Nullable
    String until;

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "why, for people")
    String note = "";

    @Option(names = "--end", description = "take back what was stated about the partner here")
    boolean end;

    @Override
    public Integer call() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            Instant now = rainmaker.ledger().now();
            if (partner != null) {
                change(
                        rainmaker,
                        FindFact.one(rainmaker, FactKind.PARTNER, partner, Partner.class)
                                .id(),
                        now);
            } else if (until != null || end) {
                throw new IllegalArgumentException("which partner? See rainmaker assign absent --help");
            }
            print(rainmaker, rainmaker.absences().open(now));
            return ExitCode.DONE;
        }
    }

    private void change(Rainmaker rainmaker, RecordId id, Instant now) {
        if (end) {
            long ended = rainmaker.absences().open(now).stream()
                    .filter(absence -> absence.partner().equals(id))
                    .filter(absence -> rainmaker.absences().end(absence.id(), now))
                    .count();
            if (ended == 0) {
                throw new UserError("No absence of " + id + " was stated here.");
            }
            return;
        }
        if (until == null) {
            throw new IllegalArgumentException("--until says from when on the partner is back");
        }
        rainmaker
                .absences()
                .state(id, from == null ? null : Since.instant(from, now), Since.instant(until, now), note, now);
    }

    private void print(Rainmaker rainmaker, List<PartnerAbsence> open) {
        if (common.output == Output.json) {
            Output.json(System.out, open);
            return;
        }
        Map<RecordId, String> names = rainmaker.facts().partnerNames();
        if (open.isEmpty()) {
            System.out.println("Nobody is out of office.");
        }
        open.forEach(absence -> System.out.println(Table.printable(
                        names.getOrDefault(absence.partner(), absence.partner().toString()))
                + (absence.from() == null ? "" : ", from " + absence.from()) + ", back " + absence.until()
                + (absence.note() == null ? "" : ": " + Table.printable(absence.note()))));
    }
}
