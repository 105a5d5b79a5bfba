package dev.rainmaker.app.ledger;

import dev.rainmaker.dealregistration.LockCopy;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What records show of locks, as confirmed writes say it. A confirmed write counts as a reading: whatever the record shows at
 * its next reading is then a change if it is anything else, be it what the record showed before the write.
 */
public final class LockCopyLedger {

    private static final String END = """
            update fact set until_seq = ? where tenant = ? and kind = 'lock_copy' and connection = ? and id = ?
                and until_seq is null and body is distinct from ?::jsonb
            """;

    // Under the stamp of the last reading: the write's own is the system's to tell.
    private static final String BEGIN = """
            insert into fact (tenant, kind, connection, id, seq, modified_at, body)
            select ?, 'lock_copy', ?, ?, ?, coalesce((
                select modified_at from raw_record where tenant = ? and connection = ? and stream = ? and id = ?), 'epoch'), ?::jsonb
            where not exists (select from fact where tenant = ? and kind = 'lock_copy' and connection = ? and id = ?
                and until_seq is null)
            """;

    // Stamps may be as coarse as a second: what the record shows next may be, stamp and all, what it showed before the
    // write. A reading under another mapping version counts in any case.
    private static final String READ_ANEW = """
            update raw_record set mapping_version = '' where tenant = ? and connection = ? and stream = ? and id = ?
            """;

    private final Ledger ledger;

    public LockCopyLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Keeps what confirmed writes of locks left on their records; other writes are passed over. */
    public void shown(List<OutboxEntry> confirmed) {
        List<OutboxEntry> locks = confirmed.stream()
                .filter(entry -> entry.fields().containsKey("lockHolder"))
                .toList();
        if (!locks.isEmpty()) {
            ledger.inTransaction(() -> {
                long seq = ledger.nextSequence();
                locks.forEach(entry -> keep(entry, seq));
            });
        }
    }

    private void keep(OutboxEntry entry, long seq) {
        String tenant = ledger.tenant();
        String connection = entry.record().connection();
        String id = entry.record().id();
        LockCopy copy = copy(entry);
        String body = copy == null ? null : new String(FactJson.body(copy), java.nio.charset.StandardCharsets.UTF_8);
        ledger.jdbc()
                .sql(READ_ANEW)
                .params(tenant, connection, entry.stream(), id)
                .update();
        ledger.jdbc().sql(END).params(seq, tenant, connection, id, body).update();
        if (body != null) {
            ledger.jdbc()
                    .sql(BEGIN)
                    .params(
                            tenant,
                            connection,
                            id,
                            seq,
                            tenant,
                            connection,
                            entry.stream(),
                            id,
                            body,
                            tenant,
                            connection,
                            id)
                    .update();
        }
    }

    private static @Nullable LockCopy copy(OutboxEntry entry) {
        Object holder = entry.fields().get("lockHolder");
        Object until = entry.fields().get("lockUntil");
        return holder == null
                ? null
                : new LockCopy(
                        entry.record(),
                        RecordId.parse(holder.toString()),
                        until == null ? null : Instant.parse(until.toString()),
                        text(entry.fields().get("lockScope")),
                        text(entry.fields().get("registrationNumber")),
                        Instant.EPOCH);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
