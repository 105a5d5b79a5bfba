package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.SourceRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which records a full read brought, and so which it no longer brought. */
public final class SeenLedger {

    /** Begins what stands among the ids for a doubt; no vendor's id begins so. */
    private static final String DOUBT = "#missing:";

    private final Ledger ledger;

    public SeenLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A full read begins: nothing is seen yet. A doubt of the read before stays. */
    public void begin(String connection, String stream) {
        ledger.jdbc()
                .sql("delete from seen_record where tenant = ? and connection = ? and stream = ? and id not like '"
                        + DOUBT + "%'")
                .params(ledger.tenant(), connection, stream)
                .update();
    }

    public void seen(String connection, String stream, Collection<String> ids) {
        ledger.jdbc()
                .sql("""
                        insert into seen_record (tenant, connection, stream, id)
                        select ?, ?, ?, id from unnest(?) as id on conflict do nothing
                        """)
                .params(ledger.tenant(), connection, stream, ids.toArray(String[]::new))
                .update();
    }

    /**
     * Notes that a full read missed suspiciously many.
     *
     * @return whether the full read before missed as many
     */
    public boolean doubtedBefore(String connection, String stream, int missing) {
        String doubt = DOUBT + missing;
        int same = ledger.jdbc()
                .sql("delete from seen_record where tenant = ? and connection = ? and stream = ? and id = ?")
                .params(ledger.tenant(), connection, stream, doubt)
                .update();
        ledger.jdbc()
                .sql("delete from seen_record where tenant = ? and connection = ? and stream = ? and id like ?")
                .params(ledger.tenant(), connection, stream, DOUBT + "%")
                .update();
        if (same == 0) {
            seen(connection, stream, List.of(doubt));
        }
        return same > 0;
    }

    /** How many records the ledger holds of the stream, those known to be deleted left out. */
    public long held(String connection, String stream) {
        return ledger.jdbc()
                .sql(
                        "select count(*) from raw_record where tenant = ? and connection = ? and stream = ? and not deleted")
                .params(ledger.tenant(), connection, stream)
                .query(Long.class)
                .single();
    }

    /** Records that the ledger holds and the full read did not bring, as deleted ones of the same stamp. */
    public List<SourceRecord> missing(String connection, String stream) {
        return ledger.jdbc()
                .sql("""
                        select id, modified_at, body from raw_record r
                        where tenant = :tenant and connection = :connection and stream = :stream and not deleted
                          and not exists (select from seen_record s where s.tenant = r.tenant
                                          and s.connection = r.connection and s.stream = r.stream and s.id = r.id)
                        order by id collate "C"
                        """)
                .param("tenant", ledger.tenant())
                .param("connection", connection)
                .param("stream", stream)
                .query((row, number) -> new SourceRecord(
                        stream,
                        row.getString("id"),
                        row.getTimestamp("modified_at").toInstant(),
                        true,
                        Map.of(),
                        row.getBytes("body")))
                .list();
    }
}
