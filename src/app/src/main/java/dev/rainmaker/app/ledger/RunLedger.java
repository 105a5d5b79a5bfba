package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.ApiUsage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ran when, with what result, and how many calls it made. */
public final class RunLedger {

    private final Ledger ledger;

    public RunLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Notes the start of a run and returns its number. */
    public long start(String kind, @Nullable String connection) {
        return ledger.jdbc()
                .sql("insert into run (tenant, kind, connection, state) values (?, ?, ?, 'running') returning id")
                .params(ledger.tenant(), kind, connection)
                .query(Long.class)
                .single();
    }

    /** Notes how far a run has come. */
    public void progress(long id, Map<String, Long> counts) {
        ledger.jdbc()
                .sql("update run set counts = ?::jsonb where tenant = ? and id = ?")
                .params(OutboxLedger.json(counts), ledger.tenant(), id)
                .update();
    }

    /** Notes a run's end; {@code state} is {@code done}, {@code rejects} or {@code failed}. */
    public void end(long id, String state, Map<String, Long> counts, @Nullable String message) {
        ledger.jdbc()
                .sql("""
                        update run set state = ?, counts = ?::jsonb, message = ?, ended_at = clock_timestamp()
                        where tenant = ? and id = ?
                        """)
                .params(state, OutboxLedger.json(counts), message, ledger.tenant(), id)
                .update();
    }

    /** Marks runs that a stopped instance left open. Only for the holder of the embedded ledger. */
    public void abandonOpen() {
        ledger.jdbc().sql("""
                        update run set state = 'abandoned', ended_at = clock_timestamp(),
                            message = 'the process stopped before the run ended; the next run went on from its last page'
                        where tenant = ? and state = 'running'
                        """).param(ledger.tenant()).update();
    }

    /** The latest runs, newest first. */
    public List<Run> latest(int most) {
        return page(null, Long.MAX_VALUE, most);
    }

    /**
     * Runs older than the given one, newest first.
     *
     * @param state null for all
     */
    public List<Run> page(@Nullable String state, long before, int most) {
        return ledger.jdbc()
                .sql("""
                        select * from run where tenant = ? and id < ? and state = coalesce(?::text, state)
                        order by id desc limit ?
                        """)
                .params(ledger.tenant(), before, state, most)
                .query(RunLedger::read)
                .list();
    }

    /** The last run of each connection that came to an end, good or bad. */
    public List<Run> lastEnded() {
        return ledger.jdbc()
                .sql("""
                        select distinct on (connection) * from run
                        where tenant = ? and connection is not null and state in ('done', 'rejects', 'failed')
                        order by connection, id desc
                        """)
                .param(ledger.tenant())
                .query(RunLedger::read)
                .list();
    }

    /** Calls noted for a day (UTC), by connection. */
    public Map<String, Long> callsOn(LocalDate day) {
        Map<String, Long> calls = new TreeMap<>();
        ledger.jdbc()
                .sql("""
                        select connection, sum(calls) as calls from api_call where tenant = ? and day = ?
                        group by connection
                        """)
                .params(ledger.tenant(), day)
                .query((row, number) -> calls.put(row.getString("connection"), row.getLong("calls")))
                .list();
        return calls;
    }

    private static Run read(ResultSet row, int number) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        OutboxLedger.values(row.getString("counts"))
                .forEach((name, value) -> counts.put(name, value instanceof Number n ? n.longValue() : 0L));
        java.sql.Timestamp ended = row.getTimestamp("ended_at");
        return new Run(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("connection"),
                row.getString("state"),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                counts,
                row.getString("message"));
    }

    /** Adds the calls made between two readings of a connection's usage to the day's counts. */
    public void addCalls(String connection, ApiUsage before, ApiUsage after, Instant now) {
        LocalDate day = now.atZone(ZoneOffset.UTC).toLocalDate();
        after.calls().forEach((purpose, calls) -> {
            long made = calls - before.of(purpose);
            if (made > 0) {
                ledger.jdbc()
                        .sql("""
                                insert into api_call as held (tenant, connection, day, purpose, calls)
                                values (?, ?, ?, ?, ?)
                                on conflict (tenant, connection, day, purpose)
                                do update set calls = held.calls + excluded.calls
                                """)
                        .params(ledger.tenant(), connection, day, purpose.name(), made)
                        .update();
            }
        });
    }

    /** One run. */
    public record Run(
            long id,
            String kind,
            @Nullable String connection,
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            Map<String, Long> counts,
            @Nullable String message) {}
}
