package dev.rainmaker.app.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions of policies; of each policy one is published, and every decision names the version it was made by. */
public final class PolicyLedger {

    private final Ledger ledger;

    public PolicyLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Publishes a version; the one published before is retired. Publishing the published version changes nothing. */
    public void publish(String policy, String version, String body, String by) {
        ledger.inTransaction(() -> {
            if (published(policy).filter(held -> held.version().equals(version)).isPresent()) {
                return;
            }
            ledger.jdbc()
                    .sql(
                            "update policy_version set state = 'retired' where tenant = ? and policy = ? and state = 'published'")
                    .params(ledger.tenant(), policy)
                    .update();
            ledger.jdbc()
                    .sql("""
                            insert into policy_version (tenant, policy, version, state, body, published_at, published_by)
                            values (?, ?, ?, 'published', ?, clock_timestamp(), ?)
                            on conflict (tenant, policy, version) do update
                                set state = 'published', published_at = clock_timestamp(), published_by = excluded.published_by
                            """)
                    .params(ledger.tenant(), policy, version, body, by)
                    .update();
        });
    }

    public Optional<PolicyVersion> published(String policy) {
        return ledger.jdbc()
                .sql("select * from policy_version where tenant = ? and policy = ? and state = 'published'")
                .params(ledger.tenant(), policy)
                .query(PolicyLedger::read)
                .optional();
    }

    public Optional<PolicyVersion> find(String policy, String version) {
        return ledger.jdbc()
                .sql("select * from policy_version where tenant = ? and policy = ? and version = ?")
                .params(ledger.tenant(), policy, version)
                .query(PolicyLedger::read)
                .optional();
    }

    /** All versions of a policy, the latest first. */
    public List<PolicyVersion> versions(String policy) {
        return ledger.jdbc()
                .sql("select * from policy_version where tenant = ? and policy = ? order by created_at desc, version")
                .params(ledger.tenant(), policy)
                .query(PolicyLedger::read)
                .list();
    }

    private static PolicyVersion read(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        java.sql.Timestamp published = row.getTimestamp("published_at");
        return new PolicyVersion(
                row.getString("policy"),
                row.getString("version"),
                row.getString("state"),
                row.getString("body"),
                row.getTimestamp("created_at").toInstant(),
                published == null ? null : published.toInstant(),
                row.getString("published_by"));
    }

    /** One version of a policy: its text and what became of it. */
    public record PolicyVersion(
            String policy,
            String version,
            String state,
            String body,
            Instant createdAt,
            @Nullable Instant publishedAt,
            @Nullable String publishedBy) {}
}
