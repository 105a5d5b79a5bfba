package dev.rainmaker.app.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions of the PLV model with its reference distribution; one is current, and scores name the one they were made by. */
public final class PlvLedger {

    private final Ledger ledger;

    public PlvLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    private static final String COLUMNS = "version, as_of, facts_seq, policy, body, health";

    public Optional<PlvVersion> current() {
        return ledger.jdbc()
                .sql("select " + COLUMNS + " from plv_version where tenant = ? and current")
                .param(ledger.tenant())
                .query(PlvLedger::read)
                .optional();
    }

    /** The name of the current version and of the policy that it was fitted for, without the model. */
    public Optional<Name> currentName() {
        return ledger.jdbc()
                .sql("select version, policy from plv_version where tenant = ? and current")
                .param(ledger.tenant())
                .query((row, number) -> new Name(row.getString("version"), row.getString("policy")))
                .optional();
    }

    /** A version, also one that is no longer current. */
    public Optional<PlvVersion> find(String version) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + " from plv_version where tenant = ? and version = ?")
                .params(ledger.tenant(), version)
                .query(PlvLedger::read)
                .optional();
    }

    /** The name, or the first of name-2, name-3 ... that no version has: what a version says must never change. */
    public String free(String name) {
        String free = name;
        for (int number = 2; find(free).isPresent(); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    /** The versions adopted last, newest first. */
    public List<PlvVersion> latest(int most) {
        return ledger.jdbc()
                .sql("select " + COLUMNS
                        + " from plv_version where tenant = ? order by created_at desc, version desc limit ?")
                .params(ledger.tenant(), most)
                .query(PlvLedger::read)
                .list();
    }

    private static PlvVersion read(ResultSet row, int number) throws SQLException {
        return new PlvVersion(
                row.getString("version"),
                row.getTimestamp("as_of").toInstant(),
                row.getLong("facts_seq"),
                row.getString("policy"),
                row.getString("body"),
                row.getString("health"));
    }

    /** Makes a version the current one; the earlier ones stay readable. */
    public void adopt(PlvVersion version) {
        ledger.inTransaction(() -> {
            ledger.jdbc()
                    .sql("update plv_version set current = false where tenant = ? and current")
                    .param(ledger.tenant())
                    .update();
            ledger.jdbc()
                    .sql("""
                            insert into plv_version (tenant, version, as_of, facts_seq, policy, body, health, current)
                            values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, true)
                            on conflict (tenant, version) do update
                                set current = true, body = excluded.body, as_of = excluded.as_of,
                                    facts_seq = excluded.facts_seq, policy = excluded.policy,
                                    health = excluded.health, created_at = clock_timestamp()
                            """)
                    .params(
                            ledger.tenant(),
                            version.version(),
                            java.sql.Timestamp.from(version.asOf()),
                            version.factsSeq(),
                            version.policy(),
                            version.body(),
                            version.health())
                    .update();
        });
    }

    /** How far each follower of the ledger's sequence has come; absent before it has begun. */
    public Map<String, Long> followed() {
        Map<String, Long> followed = new HashMap<>();
        ledger.jdbc()
                .sql("select name, seq from follower where tenant = ?")
                .param(ledger.tenant())
                .query((row, number) -> followed.put(row.getString("name"), row.getLong("seq")))
                .list();
        return followed;
    }

    /** How far one follower has come; 0 before it has begun. */
    public long followed(String follower) {
        return followed().getOrDefault(follower, 0L);
    }

    /** The same of all, once no other transaction holds the follower's lock, which this one keeps to its end. */
    public Map<String, Long> lock(String follower) {
        if (held(follower).isEmpty()) {
            ledger.jdbc()
                    .sql("insert into follower (tenant, name, seq) values (?, ?, 0) on conflict do nothing")
                    .params(ledger.tenant(), follower)
                    .update();
            held(follower);
        }
        return followed();
    }

    private Optional<Long> held(String follower) {
        return ledger.jdbc()
                .sql("select seq from follower where tenant = ? and name = ? for update")
                .params(ledger.tenant(), follower)
                .query(Long.class)
                .optional();
    }

    /** Notes how far one follower has come. */
    public void follow(String follower, long come) {
        follow(Map.of(follower, come));
    }

    /** Notes how far followers have come. */
    public void follow(Map<String, Long> come) {
        String[] names = come.keySet().toArray(String[]::new);
        ledger.jdbc()
                .sql("""
                        insert into follower (tenant, name, seq) select ?, * from unnest(?::text[], ?::bigint[])
                        on conflict (tenant, name) do update set seq = excluded.seq
                        """)
                .params(
                        ledger.tenant(),
                        names,
                        Arrays.stream(names)
                                .map(name -> come.getOrDefault(name, 0L))
                                .toArray(Long[]::new))
                .update();
    }

    /**
     * A model with its reference distribution.
     *
     * @param factsSeq the sequence whose facts it was fitted on
     * @param policy version of the policy it was fitted for
     * @param body model and reference as JSON
     * @param health how it did on the past, as JSON; null where it was never tested
     */
    public record PlvVersion(
            String version,
            Instant asOf,
            long factsSeq,
            String policy,
            String body,
            @Nullable String health) {}

    /** A version without its content. */
    public record Name(String version, String policy) {}
}
