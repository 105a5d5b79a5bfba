package dev.rainmaker.app.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What could not be applied or written: its original bytes, why, and how often it was tried. Kept until replayed or discarded. */
public final class DeadLetterLedger {

    private final Ledger ledger;

    public DeadLetterLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Keeps a write that was given up. */
    public void keepWrite(OutboxEntry entry, String reason) {
        keep(
                entry.record().connection(),
                entry.stream(),
                entry.record().id(),
                "write",
                reason,
                OutboxLedger.json(java.util.Map.of(
                                "purpose", entry.purpose(), "outbox", entry.id(), "fields", entry.fields()))
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps bytes that could not be applied; a repeat of the same record and origin counts as another attempt. */
    public void keep(String connection, String stream, String recordId, String origin, String reason, byte[] body) {
        ledger.jdbc()
                .sql("""
                        insert into dead_letter as held (tenant, connection, stream, record_id, origin, reason, body)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant, connection, stream, record_id, origin) where state = 'open' do update
                            set reason = excluded.reason, body = excluded.body, last_at = clock_timestamp(),
                                attempts = held.attempts + 1
                        """)
                .params(ledger.tenant(), connection, stream, recordId, origin, reason, body)
                .update();
    }

    /** Open dead letters, newest first. */
    public List<DeadLetter> open(int most) {
        return ledger.jdbc()
                .sql("select * from dead_letter where tenant = ? and state = 'open' order by id desc limit ?")
                .params(ledger.tenant(), most)
                .query(DeadLetterLedger::read)
                .list();
    }

    public Optional<DeadLetter> find(long id) {
        return ledger.jdbc()
                .sql("select * from dead_letter where tenant = ? and id = ?")
                .params(ledger.tenant(), id)
                .query(DeadLetterLedger::read)
                .optional();
    }

    public long count() {
        return ledger.jdbc()
                .sql("select count(*) from dead_letter where tenant = ? and state = 'open'")
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }

    /** Closes a dead letter as {@code replayed} or {@code discarded}. */
    public void close(long id, String state) {
        ledger.jdbc()
                .sql(
                        "update dead_letter set state = ?, last_at = clock_timestamp() where tenant = ? and id = ? and state = 'open'")
                .params(state, ledger.tenant(), id)
                .update();
    }

    private static DeadLetter read(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("connection"),
                row.getString("stream"),
                row.getString("record_id"),
                row.getString("origin"),
                row.getString("reason"),
                row.getBytes("body"),
                row.getInt("attempts"),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant());
    }

    /**
     * One dead letter.
     *
     * @param origin {@code sync}, {@code intake} or {@code write}
     */
    public record DeadLetter(
            long id,
            String connection,
            String stream,
            String recordId,
            String origin,
            String reason,
            byte[] body,
            int attempts,
            Instant firstAt,
            Instant lastAt) {}
}
