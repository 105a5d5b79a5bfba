package dev.rainmaker.app.ledger;

import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.fact.RecordId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where leads stand after their assignment, and what happened to them. Change it under {@link RotationLedger#lock()}. */
public final class LifeLedger {

    private static final String COLUMNS = "connection, id, version, state, body, attempt, tries, declined";

    private final Ledger ledger;

    public LifeLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Something that happened to a lead.
     *
     * @param version of the lead's life after it
     * @param what such as {@code accepted}, {@code declined}, {@code deadline-passed}
     * @param who the partner's or person's token or login, or what of Rainmaker did it
     * @param key of the request that asked for it, null where none did
     */
    public record LeadNote(
            RecordId lead,
            long version,
            @Nullable Instant at,
            String what,
            @Nullable RecordId partner,
            String who,
            String why,
            @Nullable String decision,
            @Nullable String key) {}

    /** The lives of leads of one connection; leads that have none of their own are absent. */
    public Map<RecordId, LeadLife> find(String connection, Collection<String> ids) {
        Map<RecordId, LeadLife> found = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("select " + COLUMNS + " from lead_life where tenant = ? and connection = ? and id = any (?)")
                .params(ledger.tenant(), connection, ids.toArray(String[]::new))
                .query(LifeLedger::life)
                .list()
                .forEach(life -> found.put(life.lead(), life));
        return found;
    }

    public Optional<LeadLife> find(RecordId lead) {
        return Optional.ofNullable(find(lead.connection(), List.of(lead.id())).get(lead));
    }

    /**
     * Stores lives that moved on by one event.
     *
     * @throws IllegalStateException if one of them moved on meanwhile: it was read without the lock
     */
    public void store(Collection<LeadLife> lives) {
        if (lives.isEmpty()) {
            return;
        }
        int[][] stored = new JdbcTemplate(ledger.dataSource()).batchUpdate("""
                        insert into lead_life as held
                            (tenant, connection, id, version, state, body, attempt, tries, declined, due_at)
                        values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                        on conflict (tenant, connection, id) do update
                            set version = excluded.version, state = excluded.state, body = excluded.body,
                                attempt = excluded.attempt, tries = excluded.tries, declined = excluded.declined,
                                due_at = excluded.due_at, changed_at = clock_timestamp()
                            where held.version < excluded.version
                        """, lives, 500, (statement, life) -> {
            int i = 1;
            statement.setString(i++, ledger.tenant());
            statement.setString(i++, life.lead().connection());
            statement.setString(i++, life.lead().id());
            statement.setLong(i++, life.version());
            statement.setString(i++, LifeJson.word(life.state()));
            statement.setString(i++, LifeJson.write(life.state()));
            statement.setInt(i++, life.attempt());
            statement.setInt(i++, life.tries());
            statement.setArray(
                    i++,
                    statement
                            .getConnection()
                            .createArrayOf(
                                    "text",
                                    life.declined().stream()
                                            .map(RecordId::toString)
                                            .toArray()));
            statement.setTimestamp(i, life.state().timer().map(Timestamp::from).orElse(null));
        });
        for (int[] batch : stored) {
            for (int rows : batch) {
                if (rows == 0) {
                    throw new IllegalStateException("a lead's life was stored by somebody else in between");
                }
            }
        }
    }

    /** Adds to what happened. */
    public void note(Collection<LeadNote> notes) {
        new JdbcTemplate(ledger.dataSource()).batchUpdate("""
                        insert into lead_event (tenant, connection, lead_id, version, what, partner_connection, partner_id,
                            who, why, decision, key)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """, notes, 500, (statement, note) -> {
            RecordId partner = note.partner();
            statement.setString(1, ledger.tenant());
            statement.setString(2, note.lead().connection());
            statement.setString(3, note.lead().id());
            statement.setLong(4, note.version());
            statement.setString(5, note.what());
            statement.setString(6, partner == null ? null : partner.connection());
            statement.setString(7, partner == null ? null : partner.id());
            statement.setString(8, note.who());
            statement.setString(9, note.why());
            statement.setString(10, note.decision());
            statement.setString(11, note.key());
        });
    }

    /** What happened to a lead, oldest first. */
    public List<LeadNote> notesOf(RecordId lead) {
        return ledger.jdbc()
                .sql("""
                        select * from lead_event where tenant = ? and connection = ? and lead_id = ? order by id
                        """)
                .params(ledger.tenant(), lead.connection(), lead.id())
                .query(LifeLedger::note)
                .list();
    }

    /** Whether this caller's request of that key was carried out before. */
    public boolean knows(RecordId lead, String who, String key) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from lead_event
                            where tenant = ? and connection = ? and lead_id = ? and who = ? and key = ?)
                        """)
                .params(ledger.tenant(), lead.connection(), lead.id(), who, key)
                .query(Boolean.class)
                .single();
    }

    /** Leads whose reminder, deadline or end of offer has come by the database's clock, the longest overdue first. */
    public List<RecordId> due(int most) {
        return ledger.jdbc()
                .sql("""
                        select connection, id from lead_life where tenant = ? and due_at <= clock_timestamp()
                        order by due_at, connection, id limit ?
                        """)
                .params(ledger.tenant(), most)
                .query((row, number) -> new RecordId(row.getString("connection"), row.getString("id")))
                .list();
    }

    /** Leads that are open to several partners, those that close first first. */
    public List<LeadLife> offered(int most) {
        return ledger.jdbc()
                .sql(
                        "select " + COLUMNS
                                + " from lead_life where tenant = ? and state = 'offered' order by due_at nulls last, id limit ?")
                .params(ledger.tenant(), most)
                .query(LifeLedger::life)
                .list();
    }

    /** How many leads wait for each partner's answer. */
    public Map<RecordId, Long> pendingByPartner() {
        Map<RecordId, Long> pending = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select body ->> 'partner' as partner, count(*) as leads from lead_life
                        where tenant = ? and state = 'pending' group by 1
                        """)
                .param(ledger.tenant())
                .query((row, number) -> pending.put(RecordId.parse(row.getString("partner")), row.getLong("leads")))
                .list();
        return pending;
    }

    private static LeadLife life(ResultSet row, int number) throws SQLException {
        Set<RecordId> declined = new TreeSet<>();
        for (String partner : (String[]) row.getArray("declined").getArray()) {
            declined.add(RecordId.parse(partner));
        }
        return new LeadLife(
                new RecordId(row.getString("connection"), row.getString("id")),
                row.getLong("version"),
                LifeJson.read(row.getString("state"), row.getString("body")),
                row.getInt("attempt"),
                row.getInt("tries"),
                declined);
    }

    private static LeadNote note(ResultSet row, int number) throws SQLException {
        String partner = row.getString("partner_id");
        return new LeadNote(
                new RecordId(row.getString("connection"), row.getString("lead_id")),
                row.getLong("version"),
                row.getTimestamp("at").toInstant(),
                row.getString("what"),
                partner == null ? null : new RecordId(row.getString("partner_connection"), partner),
                row.getString("who"),
                row.getString("why"),
                row.getString("decision"),
                row.getString("key"));
    }
}
