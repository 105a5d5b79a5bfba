package dev.rainmaker.app.ledger;

import java.time.Duration;
import java.util.List;

/** Events pushed to us, durable before they are acknowledged; a repeat of the same key is the same event. */
public final class InboxLedger {

    private final Ledger ledger;

    public InboxLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Stores an event.
     *
     * @param key the sender's key of it; the same key again is not stored twice
     * @return whether it was new
     */
    public boolean store(String connection, String stream, String key, byte[] body) {
        return ledger.jdbc()
                        .sql("""
                                insert into inbox (tenant, connection, stream, key, body) values (?, ?, ?, ?, ?)
                                on conflict (tenant, connection, stream, key) do nothing
                                """)
                        .params(ledger.tenant(), connection, stream, key, body)
                        .update()
                == 1;
    }

    /**
     * Stores events that came together: all of them or none.
     *
     * @return how many were new
     */
    public int storeAll(String connection, List<Arrival> arrivals) {
        return ledger.transaction(() -> (int) arrivals.stream()
                .filter(arrival -> store(connection, arrival.stream(), arrival.key(), arrival.body()))
                .count());
    }

    /** An event to store. */
    public record Arrival(String stream, String key, byte[] body) {}

    /** Leases up to {@code most} events that are due; no other instance gets them before the lease ends. */
    public List<Event> claim(int most, Duration lease) {
        return ledger.transaction(() -> {
            ledger.redoable();
            return ledger
                    .jdbc()
                    .sql("""
                        with due as materialized (
                            select id from inbox where tenant = ? and done_at is null and due_at <= clock_timestamp()
                            order by id limit ? for update skip locked)
                        update inbox i set due_at = clock_timestamp() + make_interval(secs => ?), attempts = i.attempts + 1
                        from due where i.tenant = ? and i.id = due.id
                        returning i.id, i.connection, i.stream, i.key, i.body, i.attempts
                        """)
                    .params(ledger.tenant(), most, lease.toMillis() / 1000.0, ledger.tenant())
                    .query((row, number) -> new Event(
                            row.getLong("id"),
                            row.getString("connection"),
                            row.getString("stream"),
                            row.getString("key"),
                            row.getBytes("body"),
                            row.getInt("attempts")))
                    .list()
                    .stream()
                    .sorted(java.util.Comparator.comparingLong(Event::id))
                    .toList();
        });
    }

    /** Notes that events were applied, or why they never will be. */
    public void done(List<Event> events, String outcome) {
        ledger.jdbc()
                .sql("update inbox set done_at = clock_timestamp(), outcome = ? where tenant = ? and id = any (?)")
                .params(outcome, ledger.tenant(), ids(events))
                .update();
    }

    /** Puts events back for a later attempt. */
    public void postpone(List<Event> events, Duration after, String why) {
        ledger.jdbc()
                .sql("""
                        update inbox set due_at = clock_timestamp() + make_interval(secs => ?), outcome = ?
                        where tenant = ? and id = any (?)
                        """)
                .params(after.toMillis() / 1000.0, why, ledger.tenant(), ids(events))
                .update();
    }

    /** Makes an event that was given up due again. */
    public void reopen(String connection, String stream, String key) {
        ledger.jdbc().sql("""
                        update inbox set done_at = null, outcome = null, attempts = 0, due_at = clock_timestamp()
                        where tenant = ? and connection = ? and stream = ? and key = ?
                        """).params(ledger.tenant(), connection, stream, key).update();
    }

    /** Whether the event of a key has this body. */
    public boolean holds(String connection, String stream, String key, byte[] body) {
        return ledger.jdbc()
                        .sql("""
                                select count(*) from inbox
                                where tenant = ? and connection = ? and stream = ? and key = ? and body = ?
                                """)
                        .params(ledger.tenant(), connection, stream, key, body)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Events that wait. */
    public long waiting() {
        return ledger.jdbc()
                .sql("select count(*) from inbox where tenant = ? and done_at is null")
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }

    /** Makes what a stopped instance left under lease due at once. Only for the holder of the embedded ledger. */
    public void releaseLeases() {
        ledger.jdbc()
                .sql(
                        "update inbox set due_at = clock_timestamp() where tenant = ? and done_at is null and outcome is null")
                .param(ledger.tenant())
                .update();
    }

    private static Long[] ids(List<Event> events) {
        return events.stream().map(Event::id).toArray(Long[]::new);
    }

    /** A stored event. */
    public record Event(long id, String connection, String stream, String key, byte[] body, int attempts) {}
}
