package dev.rainmaker.app.ledger;

import java.time.Instant;
import java.util.Optional;

/** Versions of the PLV model with its reference distribution; one is current, and scores name the one they were made by. */
public final class PlvLedger {

    private final Ledger ledger;

    public PlvLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    public Optional<PlvVersion> current() {
        return ledger.jdbc()
                .sql("select version, as_of, facts_seq, policy, body from plv_version where tenant = ? and current")
                .param(ledger.tenant())
                .query((row, number) -> new PlvVersion(
                        row.getString("version"),
                        row.getTimestamp("as_of").toInstant(),
                        row.getLong("facts_seq"),
                        row.getString("policy"),
                        row.getString("body")))
                .optional();
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
                            insert into plv_version (tenant, version, as_of, facts_seq, policy, body, current)
                            values (?, ?, ?, ?, ?, ?::jsonb, true)
                            on conflict (tenant, version) do update
                                set current = true, body = excluded.body, as_of = excluded.as_of,
                                    facts_seq = excluded.facts_seq, policy = excluded.policy
                            """)
                    .params(
                            ledger.tenant(),
                            version.version(),
                            java.sql.Timestamp.from(version.asOf()),
                            version.factsSeq(),
                            version.policy(),
                            version.body())
                    .update();
        });
    }

    /** How far a follower of the ledger's sequence has come; 0 where it has not begun. */
    public long followed(String follower) {
        return ledger.jdbc()
                .sql("select seq from follower where tenant = ? and name = ?")
                .params(ledger.tenant(), follower)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Notes how far a follower has come. */
    public void follow(String follower, long seq) {
        ledger.jdbc().sql("""
                        insert into follower (tenant, name, seq) values (?, ?, ?)
                        on conflict (tenant, name) do update set seq = excluded.seq
                        """).params(ledger.tenant(), follower, seq).update();
    }

    /**
     * A model with its reference distribution.
     *
     * @param factsSeq the sequence whose facts it was fitted on
     * @param policy version of the policy it was fitted for
     * @param body model and reference as JSON
     */
    public record PlvVersion(String version, Instant asOf, long factsSeq, String policy, String body) {}
}
