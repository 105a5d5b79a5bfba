package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.PartnerAbsence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When partners are out of office, where no connected system says so: stated here, kept as facts like those that a mapping makes,
 * so that a decision replays with what was known when it was made.
 */
public final class Absences {

    /** The connection under whose name they are kept. */
    public static final String CONNECTION = "rainmaker";

    private static final String STREAM = "Absence";

    private final FactLedger facts;

    public Absences(FactLedger facts) {
        this.facts = facts;
    }

    /** All that have not ended by then, from whatever source, the earliest first. */
    public List<PartnerAbsence> open(Instant now) {
        List<PartnerAbsence> open = new ArrayList<>();
        facts.forEach(FactKind.ABSENCE, PartnerAbsence.class, absence -> {
            if (now.isBefore(absence.until())) {
                open.add(absence);
            }
        });
        open.sort(Comparator.comparing((PartnerAbsence each) -> each.from() == null ? Instant.MIN : each.from())
                .thenComparing(PartnerAbsence::id));
        return open;
    }

    /**
     * States that a partner is away; stated again for the same beginning, the later statement counts.
     *
     * @param from null for from now on
     * @throws IllegalArgumentException where it would end before it begins
     */
    public PartnerAbsence state(RecordId partner, @Nullable Instant from, Instant until, String note, Instant now) {
        Instant begins = from == null ? now : from;
        PartnerAbsence absence =
                new PartnerAbsence(new RecordId(CONNECTION, partner + " " + begins), partner, begins, until, note, now);
        commit(absence.id(), now, false, List.of(absence), List.of());
        return absence;
    }

    /** Takes back what was stated here; false where there is no such absence, or a connected system states it. */
    public boolean end(RecordId absence, Instant now) {
        if (!absence.connection().equals(CONNECTION)
                || facts.find(FactKind.ABSENCE, absence, PartnerAbsence.class).isEmpty()) {
            return false;
        }
        commit(absence, now, true, List.of(), List.of(FactKind.ABSENCE));
        return true;
    }

    private void commit(RecordId id, Instant now, boolean deleted, List<PartnerAbsence> stated, List<FactKind> absent) {
        byte[] raw = "{}".getBytes(StandardCharsets.UTF_8);
        facts.commit(
                CONNECTION,
                STREAM,
                "1",
                List.of(new IncomingRecord(
                        new SourceRecord(STREAM, id.id(), now, deleted, Map.of(), raw),
                        List.copyOf(stated),
                        absent,
                        null)));
    }
}
