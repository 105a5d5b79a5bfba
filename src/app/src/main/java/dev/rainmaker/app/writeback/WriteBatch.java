package dev.rainmaker.app.writeback;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.crash.CrashPoint;
import dev.rainmaker.app.ledger.DeadLetterLedger;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.LockCopyLedger;
import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.mapping.WriteField;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.WriteOutcome;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One batch on its way: read before, write, note the outcome, read back. */
public final class WriteBatch {

    /** The field a person may own: an assignment is never written over a person's choice. */
    static final String PARTNER = "partner";

    /** The fields of other purposes that a person may have changed meanwhile: a lock's holder, a registration's state. */
    private static final List<String> GUARDED = List.of("lockHolder", "state");

    static final String DECISION = "decisionId";
    private static final String EDITED = "a person changed it after our decision";
    private static final int ATTEMPTS = 8;

    private final Ledger ledger;
    private final OutboxLedger outbox;
    private final DecisionLedger decisions;
    private final DeadLetterLedger deadLetters;
    private final DealConflictLedger conflicts;
    private final LockCopyLedger lockCopies;

    public WriteBatch(Ledger ledger, OutboxLedger outbox, DecisionLedger decisions, DeadLetterLedger deadLetters) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.decisions = decisions;
        this.deadLetters = deadLetters;
        this.conflicts = new DealConflictLedger(ledger);
        this.lockCopies = new LockCopyLedger(ledger);
    }

    /** Writes entries of one stream and purpose, at most the vendor's batch. */
    WriteBackResult write(LiveConnection connection, StreamMapping stream, List<OutboxEntry> entries) {
        Tally tally = new Tally();
        List<OutboxEntry> toWrite = entries;
        if (mustReadBefore(entries)) {
            toWrite = readBefore(connection, stream, entries, tally);
        }
        List<Change> fitting = new ArrayList<>();
        List<OutboxEntry> fit = new ArrayList<>();
        for (OutboxEntry entry : toWrite) {
            try {
                fitting.add(new Change(entry.record().id(), vendorFields(stream, entry)));
                fit.add(entry);
            } catch (IllegalArgumentException unfit) {
                bury(entry, "a value does not fit its field: " + unfit.getMessage(), tally);
            }
        }
        List<OutboxEntry> sent = outbox.sending(fit, WriteBack.LEASE);
        if (sent.isEmpty()) {
            return tally.result();
        }
        List<Change> changes = IntStream.range(0, fit.size())
                .filter(i -> sent.contains(fit.get(i)))
                .mapToObj(fitting::get)
                .toList();
        CrashPoint.BATCH_SENT.reachedSoon();
        List<WriteOutcome> outcomes = connection.connector().write(stream.stream(), changes);
        CrashPoint.ANSWER_RECEIVED.reached();
        List<OutboxEntry> written = settleOutcomes(sent, outcomes, tally);
        CrashPoint.OUTCOME_COMMITTED.reached();
        tally.written += written.size();
        if (connection.connector().capabilities().writeAnswersValues()) {
            confirm(written, "the system's answer states the values");
            tally.confirmed += written.size();
        } else if (!written.isEmpty()) {
            CrashPoint.BEFORE_CONFIRMATION.reached();
            readBack(connection, stream, written, tally);
        }
        return tally.result();
    }

    private void confirm(List<OutboxEntry> entries, String how) {
        ledger.inTransaction(() -> {
            outbox.settleAll(entries, "confirmed", how);
            lockCopies.shown(entries);
        });
    }

    private static boolean mustReadBefore(List<OutboxEntry> entries) {
        return entries.stream()
                .anyMatch(entry -> entry.sent()
                        || entry.fields().containsKey(PARTNER)
                        || GUARDED.stream().anyMatch(entry.fields()::containsKey));
    }

    private List<OutboxEntry> readBefore(
            LiveConnection connection, StreamMapping stream, List<OutboxEntry> entries, Tally tally) {
        Map<String, SourceRecord> held = fetch(connection, stream, entries, CallPurpose.PRE_READ);
        List<OutboxEntry> toWrite = new ArrayList<>();
        List<OutboxEntry> already = new ArrayList<>();
        for (OutboxEntry entry : entries) {
            SourceRecord record = held.get(entry.record().id());
            if (record == null || record.deleted()) {
                supersede(entry, "the record no longer exists in " + connection.name(), null, tally);
            } else if (asWanted(stream, entry, record)) {
                already.add(entry);
            } else if (humanPartner(connection, stream, entry, record) != null) {
                supersede(
                        entry,
                        "a person chose a partner after our decision",
                        humanPartner(connection, stream, entry, record),
                        tally);
            } else if (isEdited(stream, entry, record)) {
                supersede(entry, EDITED, null, tally);
            } else {
                toWrite.add(entry);
            }
        }
        confirm(already, "found as wanted before writing");
        tally.confirmed += already.size();
        return toWrite;
    }

    private void readBack(LiveConnection connection, StreamMapping stream, List<OutboxEntry> written, Tally tally) {
        Map<String, SourceRecord> held = fetch(connection, stream, written, CallPurpose.CONFIRM);
        List<OutboxEntry> confirmed = new ArrayList<>();
        List<OutboxEntry> differing = new ArrayList<>();
        for (OutboxEntry entry : written) {
            SourceRecord record = held.get(entry.record().id());
            if (record == null || record.deleted()) {
                supersede(entry, "the record was deleted in " + connection.name() + " after the write", null, tally);
            } else if (asWanted(stream, entry, record)) {
                confirmed.add(entry);
            } else if (humanPartner(connection, stream, entry, record) != null) {
                supersede(
                        entry,
                        "a person chose another partner right after the write",
                        humanPartner(connection, stream, entry, record),
                        tally);
            } else if (entry.attempts() >= ATTEMPTS) {
                bury(
                        entry,
                        "written " + ATTEMPTS + " times, but read back with other values: an automation in "
                                + connection.name() + " may be changing them",
                        tally);
            } else {
                differing.add(entry);
            }
        }
        confirm(confirmed, "read back as written");
        tally.confirmed += confirmed.size();
        postpone(differing, Duration.ofSeconds(1), "read back with other values", tally);
    }

    private Map<String, SourceRecord> fetch(
            LiveConnection connection, StreamMapping stream, List<OutboxEntry> entries, CallPurpose purpose) {
        TreeSet<String> fields = new TreeSet<>();
        for (OutboxEntry entry : entries) {
            fields.addAll(vendorFields(stream, entry).keySet());
        }
        Map<String, SourceRecord> held = new HashMap<>();
        connection
                .connector()
                .fetch(
                        stream.stream(),
                        entries.stream().map(entry -> entry.record().id()).toList(),
                        fields,
                        purpose)
                .forEach(record -> held.put(record.id(), record));
        return held;
    }

    private List<OutboxEntry> settleOutcomes(List<OutboxEntry> sent, List<WriteOutcome> outcomes, Tally tally) {
        return ledger.transaction(() -> {
            List<OutboxEntry> written = new ArrayList<>();
            Map<Duration, List<OutboxEntry>> postponed = new TreeMap<>();
            String why = "";
            for (int i = 0; i < sent.size(); i++) {
                OutboxEntry entry = sent.get(i);
                WriteOutcome outcome = outcomes.get(i);
                if (outcome instanceof WriteOutcome.Written) {
                    written.add(entry);
                } else if (outcome instanceof WriteOutcome.Postponed later && entry.attempts() < ATTEMPTS) {
                    postponed
                            .computeIfAbsent(backOff(later.after(), entry), any -> new ArrayList<>())
                            .add(entry);
                    why = later.code() + ": " + later.message();
                } else if (outcome instanceof WriteOutcome.Postponed given) {
                    bury(
                            entry,
                            "tried " + ATTEMPTS + " times; last answer " + given.code() + ": " + given.message(),
                            tally);
                } else if (outcome instanceof WriteOutcome.Rejected refused && refused.gone()) {
                    supersede(entry, refused.code() + ": " + refused.message(), null, tally);
                } else if (outcome instanceof WriteOutcome.Rejected refused) {
                    bury(entry, refused.code() + ": " + refused.message(), tally);
                }
            }
            outbox.written(written);
            for (Map.Entry<Duration, List<OutboxEntry>> group : postponed.entrySet()) {
                postpone(group.getValue(), group.getKey(), why, tally);
            }
            return written;
        });
    }

    private static Duration backOff(Duration asked, OutboxEntry entry) {
        Duration own = Duration.ofMillis(250L << Math.min(entry.attempts(), 10));
        return own.compareTo(asked) > 0 ? own : asked;
    }

    private void postpone(List<OutboxEntry> entries, Duration after, String why, Tally tally) {
        if (!entries.isEmpty()) {
            outbox.postpone(entries, after, why);
            tally.postponed += entries.size();
        }
    }

    private void bury(OutboxEntry entry, String reason, Tally tally) {
        ledger.inTransaction(() -> {
            if (outbox.settle(entry, "dead", reason)) {
                deadLetters.keepWrite(entry, reason);
                tally.dead++;
            }
        });
    }

    private void supersede(OutboxEntry entry, String reason, @Nullable RecordId chosen, Tally tally) {
        ledger.inTransaction(() -> {
            if (outbox.settle(entry, "superseded", reason)) {
                if (entry.decision() != null && entry.fields().containsKey(PARTNER)) {
                    decisions.override(entry.record(), chosen, reason);
                }
                if (reason.equals(EDITED) && entry.fields().containsKey("lockHolder")) {
                    conflicts.raiseEdit(
                            String.valueOf(entry.decision()),
                            entry.record().toString(),
                            "a person wrote another lock holder into " + entry.record() + " while ours was on its way",
                            java.util.Map.of());
                }
                tally.superseded++;
            }
        });
    }

    private static Map<String, @Nullable Object> vendorFields(StreamMapping stream, OutboxEntry entry) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        entry.fields().forEach((name, value) -> {
            WriteField field = stream.writes().get(name);
            if (field != null) {
                fields.put(field.field(), VendorValues.toVendor(value, field));
            }
        });
        return fields;
    }

    private static boolean asWanted(StreamMapping stream, OutboxEntry entry, SourceRecord held) {
        return vendorFields(stream, entry).entrySet().stream()
                .allMatch(field -> VendorValues.same(field.getValue(), held.at(field.getKey())));
    }

    /** Whether a person changed a guarded field: it shows neither what we want, nor what we saw, nor an older write of ours. */
    private boolean isEdited(StreamMapping stream, OutboxEntry entry, SourceRecord held) {
        for (String name : GUARDED) {
            WriteField field = stream.writes().get(name);
            if (field == null || !entry.fields().containsKey(name)) {
                continue;
            }
            Object now = held.at(field.field());
            boolean known = VendorValues.same(
                            VendorValues.toVendor(entry.fields().get(name), field), now)
                    || VendorValues.same(VendorValues.toVendor(entry.seen().get(name), field), now);
            if (!known && !outbox.everAsked(entry.record(), entry.purpose(), name, logical(entry, field, now))) {
                return true;
            }
        }
        return false;
    }

    /** A vendor's value in the form in which the outbox keeps it. */
    private static @Nullable String logical(OutboxEntry entry, WriteField field, @Nullable Object now) {
        if (now == null || now.toString().isBlank()) {
            return null;
        }
        return field.type().toLowerCase(java.util.Locale.ROOT).startsWith("lookup")
                ? new RecordId(entry.record().connection(), now.toString()).toString()
                : now.toString();
    }

    /** The partner a person put there: not empty, not what we saw when deciding, and not one of our own writes. */
    private @Nullable RecordId humanPartner(
            LiveConnection connection, StreamMapping stream, OutboxEntry entry, SourceRecord held) {
        WriteField partner = stream.writes().get(PARTNER);
        if (partner == null || !entry.fields().containsKey(PARTNER)) {
            return null;
        }
        Object now = held.at(partner.field());
        if (now == null || now.toString().isBlank()) {
            return null;
        }
        Object wanted = VendorValues.toVendor(entry.fields().get(PARTNER), partner);
        Object seen = VendorValues.toVendor(entry.seen().get(PARTNER), partner);
        if (VendorValues.same(wanted, now) || VendorValues.same(seen, now)) {
            return null;
        }
        RecordId chosen = new RecordId(connection.name(), now.toString());
        WriteField decision = stream.writes().get(DECISION);
        Object by = decision == null ? null : held.at(decision.field());
        return by != null && decisions.assigned(by.toString(), entry.record(), Objects.requireNonNull(chosen))
                ? null
                : chosen;
    }

    private static final class Tally {
        private long written;
        private long confirmed;
        private long superseded;
        private long dead;
        private long postponed;

        WriteBackResult result() {
            return new WriteBackResult(written, confirmed, superseded, dead, postponed);
        }
    }
}
