package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.Cursor;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where each stream's read stands, and which of its source records are held; {@link FactLedger} commits both. */
public final class StreamLedger {

    private final Ledger ledger;

    public StreamLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Where a stream's next read starts; empty before the first page. */
    public Optional<Cursor> cursor(String connection, String stream) {
        return ledger.jdbc()
                .sql(
                        "select position from stream where tenant = ? and connection = ? and name = ? and position is not null")
                .params(ledger.tenant(), connection, stream)
                .query(String.class)
                .optional()
                .map(Cursor::new);
    }

    /** Where every stream stands. */
    public List<StreamState> streams() {
        return ledger.jdbc()
                .sql("select * from stream where tenant = ? order by connection, name")
                .param(ledger.tenant())
                .query((row, number) -> {
                    Timestamp committed = row.getTimestamp("committed_at");
                    return new StreamState(
                            row.getString("connection"),
                            row.getString("name"),
                            row.getBoolean("complete"),
                            row.getLong("records"),
                            row.getLong("pages"),
                            committed == null ? null : committed.toInstant());
                })
                .list();
    }

    /** Source records of a stream in order of id, after the given id. */
    public List<HeldRecord> held(String connection, String stream, String afterId, int most) {
        return ledger.jdbc()
                .sql("""
                        select id, modified_at, deleted from raw_record
                        where tenant = ? and connection = ? and stream = ? and id > ? order by id limit ?
                        """)
                .params(ledger.tenant(), connection, stream, afterId, most)
                .query((row, number) -> new HeldRecord(
                        row.getString("id"), row.getTimestamp("modified_at").toInstant(), row.getBoolean("deleted")))
                .list();
    }

    /** A source record without its content. */
    public record HeldRecord(String id, Instant modifiedAt, boolean deleted) {}
}
