package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.rainmaker.fact.RecordId;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What has to be written, until it is confirmed, superseded by a person, or given up. An entry is worked on under a lease;
 * its fence rises with every lease, and only the holder of the latest one can settle it.
 */
public final class OutboxLedger {

    private static final TypeReference<Map<String, @Nullable Object>> VALUES = new TypeReference<>() {};

    private static final String STUCK = """
             where tenant = ? and state in ('pending', 'sent', 'written')
              and (attempts >= 3 or created_at < clock_timestamp() - interval '5 minutes')
            """;

    private final Ledger ledger;

    public OutboxLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Adds entries; an open one of the same record and purpose is replaced. Call inside the decision's transaction. */
    public void add(List<OutboxEntry> entries) {
        new JdbcTemplate(ledger.dataSource()).batchUpdate("""
                        insert into outbox as held
                            (tenant, connection, stream, record_id, purpose, decision, fields, seen)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
                        on conflict (tenant, connection, stream, record_id, purpose)
                            where state in ('pending', 'sent', 'written') do update
                        set decision = excluded.decision, fields = excluded.fields, state = 'pending',
                            attempts = 0, due_at = clock_timestamp(), fence = held.fence + 1, outcome = null
                        """, entries, 500, (statement, entry) -> {
            statement.setString(1, ledger.tenant());
            statement.setString(2, entry.record().connection());
            statement.setString(3, entry.stream());
            statement.setString(4, entry.record().id());
            statement.setString(5, entry.purpose());
            statement.setString(6, entry.decision());
            statement.setString(7, json(entry.fields()));
            statement.setString(8, json(entry.seen()));
        });
    }

    /** Streams that have something due, as (connection, stream, purpose), those of decisions first. */
    public List<Due> due() {
        return ledger.jdbc()
                .sql("""
                        select connection, stream, purpose, count(*) as entries from outbox
                        where tenant = ? and state in ('pending', 'sent', 'written') and due_at <= clock_timestamp()
                        group by connection, stream, purpose
                        order by purpose = 'plv', connection, stream, purpose
                        """)
                .param(ledger.tenant())
                .query((row, number) -> new Due(
                        row.getString("connection"),
                        row.getString("stream"),
                        row.getString("purpose"),
                        row.getLong("entries")))
                .list();
    }

    /**
     * Leases up to {@code most} due entries; no other instance gets them before the lease ends. (Chosen in a materialized
     * step: as a plain subquery PostgreSQL may run it again per row, and then leases more than asked for.)
     */
    public List<OutboxEntry> claim(Due due, int most, Duration lease) {
        return ledger.transaction(() -> ledger
                .jdbc()
                .sql("""
                        with due as materialized (
                            select id from outbox
                            where tenant = ? and connection = ? and stream = ? and purpose = ?
                              and state in ('pending', 'sent', 'written') and due_at <= clock_timestamp()
                            order by id limit ? for update skip locked)
                        update outbox o set due_at = clock_timestamp() + make_interval(secs => ?), fence = o.fence + 1,
                            attempts = o.attempts + 1
                        from due where o.tenant = ? and o.id = due.id
                        returning o.id, o.connection, o.stream, o.record_id, o.purpose, o.decision, o.fields, o.seen,
                            o.attempts, o.state, o.fence
                        """)
                .params(
                        ledger.tenant(),
                        due.connection(),
                        due.stream(),
                        due.purpose(),
                        most,
                        lease.toMillis() / 1000.0,
                        ledger.tenant())
                .query(OutboxLedger::read)
                .list()
                .stream()
                .sorted(java.util.Comparator.comparingLong(OutboxEntry::id))
                .toList());
    }

    /**
     * Notes, before the call, that the entries may reach the system: after a crash they are read back first. The lease
     * begins anew.
     *
     * @return those that are still ours: another instance, or a newer decision, may have taken some over meanwhile
     */
    public List<OutboxEntry> sending(List<OutboxEntry> entries, Duration lease) {
        java.util.Set<Long> held = new java.util.HashSet<>(ledger.jdbc()
                .sql("""
                        update outbox o set state = 'sent', due_at = clock_timestamp() + make_interval(secs => ?)
                        from unnest(?::bigint[], ?::bigint[]) as given (id, fence)
                        where o.tenant = ? and o.id = given.id and o.fence = given.fence
                          and o.state in ('pending', 'sent', 'written')
                        returning o.id
                        """)
                .params(lease.toMillis() / 1000.0, ids(entries), fences(entries), ledger.tenant())
                .query(Long.class)
                .list());
        return entries.stream().filter(entry -> held.contains(entry.id())).toList();
    }

    /** Notes that the system accepted the entries; they still wait for being read back. */
    public void written(List<OutboxEntry> entries) {
        ledger.jdbc()
                .sql("""
                        update outbox o set state = 'written'
                        from unnest(?::bigint[], ?::bigint[]) as given (id, fence)
                        where o.tenant = ? and o.id = given.id and o.fence = given.fence and o.state = 'sent'
                        """)
                .params(ids(entries), fences(entries), ledger.tenant())
                .update();
    }

    /**
     * Settles an entry.
     *
     * @param state {@code confirmed}, {@code superseded} or {@code dead}
     * @return false where a newer lease or a newer decision took the entry over: nothing is changed then
     */
    public boolean settle(OutboxEntry entry, String state, String outcome) {
        return ledger.jdbc()
                        .sql("""
                                update outbox set state = ?, outcome = ?, settled_at = clock_timestamp()
                                where tenant = ? and id = ? and fence = ? and state in ('pending', 'sent', 'written')
                                """)
                        .params(state, outcome, ledger.tenant(), entry.id(), entry.fence())
                        .update()
                == 1;
    }

    /** Settles many entries alike, in one statement. */
    public void settleAll(List<OutboxEntry> entries, String state, String outcome) {
        ledger.jdbc()
                .sql("""
                        update outbox o set state = ?, outcome = ?, settled_at = clock_timestamp()
                        from unnest(?::bigint[], ?::bigint[]) as given (id, fence)
                        where o.tenant = ? and o.id = given.id and o.fence = given.fence
                          and o.state in ('pending', 'sent', 'written')
                        """)
                .params(state, outcome, ids(entries), fences(entries), ledger.tenant())
                .update();
    }

    /** Puts entries back for a later attempt, if they are still ours. */
    public void postpone(List<OutboxEntry> entries, Duration after, String why) {
        ledger.jdbc()
                .sql("""
                        update outbox o set due_at = clock_timestamp() + make_interval(secs => ?), outcome = ?
                        from unnest(?::bigint[], ?::bigint[]) as given (id, fence)
                        where o.tenant = ? and o.id = given.id and o.fence = given.fence
                          and o.state in ('pending', 'sent', 'written')
                        """)
                .params(after.toMillis() / 1000.0, why, ids(entries), fences(entries), ledger.tenant())
                .update();
    }

    /**
     * Makes what a stopped instance left under lease due at once. Only for an instance that knows to be the only one: the
     * holder of the embedded ledger.
     */
    public int releaseLeases() {
        return ledger.jdbc().sql("""
                        update outbox set due_at = clock_timestamp()
                        where tenant = ? and state in ('pending', 'sent', 'written') and due_at > clock_timestamp() and outcome is null
                        """).param(ledger.tenant()).update();
    }

    /** Entries that are neither settled nor given up, due or not. */
    public long open() {
        return ledger.jdbc()
                .sql("select count(*) from outbox where tenant = ? and state in ('pending', 'sent', 'written')")
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }

    /** Open entries that were tried three times or wait for more than five minutes, oldest first. */
    public List<Stuck> stuck(int most) {
        return ledger.jdbc()
                .sql(
                        "select id, connection, stream, record_id, purpose, attempts, created_at, due_at, outcome from outbox"
                                + STUCK + " order by id limit ?")
                .params(ledger.tenant(), most)
                .query((row, number) -> new Stuck(
                        row.getLong("id"),
                        new RecordId(row.getString("connection"), row.getString("record_id")),
                        row.getString("stream"),
                        row.getString("purpose"),
                        row.getInt("attempts"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("due_at").toInstant(),
                        row.getString("outcome")))
                .list();
    }

    /** How many {@link #stuck} there are. */
    public long countStuck() {
        return ledger.jdbc()
                .sql("select count(*) from outbox" + STUCK)
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }

    /** Opens an entry that was given up, unless a newer one of the same record and purpose is open. */
    public boolean reopen(long id) {
        return ledger.jdbc().sql("""
                                update outbox o set state = 'sent', attempts = 0, due_at = clock_timestamp(), outcome = null,
                                    settled_at = null
                                where o.tenant = ? and o.id = ? and o.state = 'dead' and not exists (
                                    select from outbox n where n.tenant = o.tenant and n.connection = o.connection
                                        and n.stream = o.stream and n.record_id = o.record_id and n.purpose = o.purpose
                                        and n.id > o.id)
                                """).params(ledger.tenant(), id).update() == 1;
    }

    /** How long until the next open entry is due; empty where nothing is open. */
    public Optional<Duration> nextDue() {
        return ledger.jdbc()
                .sql("""
                        select extract(epoch from min(due_at) - clock_timestamp()) from outbox
                        where tenant = ? and state in ('pending', 'sent', 'written') having count(*) > 0
                        """)
                .param(ledger.tenant())
                .query(Double.class)
                .optional()
                .map(seconds -> Duration.ofMillis(Math.max(0, Math.round(seconds * 1000))));
    }

    /** What was last asked to be written for a purpose, by record, whether or not it is done; without those given up. */
    public Map<RecordId, Map<String, @Nullable Object>> latestFields(String purpose, List<RecordId> records) {
        Map<RecordId, Map<String, @Nullable Object>> latest = new java.util.HashMap<>();
        ledger.jdbc()
                .sql("""
                        select distinct on (o.connection, o.record_id) o.connection, o.record_id, o.fields
                        from outbox o join unnest(?::text[], ?::text[]) as given (connection, id)
                            on o.connection = given.connection and o.record_id = given.id
                        where o.tenant = ? and o.purpose = ? and o.state <> 'dead'
                        order by o.connection, o.record_id, o.id desc
                        """)
                .params(
                        records.stream().map(RecordId::connection).toArray(String[]::new),
                        records.stream().map(RecordId::id).toArray(String[]::new),
                        ledger.tenant(),
                        purpose)
                .query((row, number) -> latest.put(
                        new RecordId(row.getString("connection"), row.getString("record_id")),
                        values(row.getString("fields"))))
                .list();
        return latest;
    }

    /** Whether we ever asked a record to show this value: then it is an older write of ours and no person's. */
    public boolean everAsked(RecordId record, String purpose, String field, @Nullable String value) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from outbox where tenant = ? and connection = ? and record_id = ? and purpose = ?
                            and fields ->> ? is not distinct from ?::text)
                        """)
                .params(ledger.tenant(), record.connection(), record.id(), purpose, field, value)
                .query(Boolean.class)
                .single();
    }

    /** Whether something of a purpose still has to be written to a record. */
    public boolean isOpen(RecordId record, String purpose) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from outbox where tenant = ? and connection = ? and record_id = ? and purpose = ?
                            and state in ('pending', 'sent', 'written'))
                        """)
                .params(ledger.tenant(), record.connection(), record.id(), purpose)
                .query(Boolean.class)
                .single();
    }

    /** Assignments that a system accepted since an instant of the database's clock, read back or not. */
    public long assignmentsWritten(java.time.Instant since) {
        return ledger.jdbc()
                .sql("""
                        select count(*) from outbox
                        where tenant = ? and purpose = 'assignment'
                          and (state = 'written' or (state = 'confirmed' and settled_at >= ?))
                        """)
                .params(ledger.tenant(), java.sql.Timestamp.from(since))
                .query(Long.class)
                .single();
    }

    /** Assignments that were settled in a state since an instant of the database's clock. */
    public long assignmentsSettled(String state, java.time.Instant since) {
        return ledger.jdbc()
                .sql("""
                        select count(*) from outbox
                        where tenant = ? and purpose = 'assignment' and state = ? and settled_at >= ?
                        """)
                .params(ledger.tenant(), state, java.sql.Timestamp.from(since))
                .query(Long.class)
                .single();
    }

    /** Entries by state. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new java.util.TreeMap<>();
        ledger.jdbc()
                .sql("select state, count(*) as entries from outbox where tenant = ? group by state")
                .param(ledger.tenant())
                .query((row, number) -> counts.put(row.getString("state"), row.getLong("entries")))
                .list();
        return counts;
    }

    private static Long[] ids(List<OutboxEntry> entries) {
        return entries.stream().map(OutboxEntry::id).toArray(Long[]::new);
    }

    private static Long[] fences(List<OutboxEntry> entries) {
        return entries.stream().map(OutboxEntry::fence).toArray(Long[]::new);
    }

    private static OutboxEntry read(ResultSet row, int number) throws SQLException {
        return new OutboxEntry(
                row.getLong("id"),
                new RecordId(row.getString("connection"), row.getString("record_id")),
                row.getString("stream"),
                row.getString("purpose"),
                row.getString("decision"),
                values(row.getString("fields")),
                values(row.getString("seen")),
                row.getInt("attempts"),
                !row.getString("state").equals("pending"),
                row.getLong("fence"));
    }

    static String json(Object value) {
        try {
            return FactJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Map<String, @Nullable Object> values(String json) {
        try {
            return FactJson.MAPPER.readValue(json, VALUES);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * A write that does not get through.
     *
     * @param outcome why the last attempt failed, null where there was none
     */
    public record Stuck(
            long id,
            RecordId record,
            String stream,
            String purpose,
            int attempts,
            Instant createdAt,
            Instant dueAt,
            @Nullable String outcome) {}

    /** A stream with entries that are due. */
    public record Due(String connection, String stream, String purpose, long entries) {}
}
