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

    /** Who changes something, and from where: {@code file}, {@code cli}, {@code api} or {@code console}. */
    public record Author(String origin, String who) {

        /** The policy folder of an installation. */
        public static final Author FILE = new Author("file", "file");
    }

    /** One thing that happened to a version. */
    public record Step(long number, String version, String step, Author by, Instant at, String note) {}

    /**
     * Publishes what the policy folder holds if it differs from what a folder held last; else whatever is published stays.
     * So a version published by a person lives until the file changes.
     *
     * @return whether it was published now
     */
    public boolean followFile(String policy, String version, String body) {
        return ledger.transaction(() -> {
            lock(policy);
            Optional<String> last = ledger.jdbc()
                    .sql("""
                            select version from policy_step
                            where tenant = ? and policy = ? and step = 'published' and origin = 'file'
                            order by number desc limit 1
                            """)
                    .params(ledger.tenant(), policy)
                    .query(String.class)
                    .optional();
            if (last.filter(version::equals).isPresent()) {
                return false;
            }
            keep(policy, version, body);
            put(policy, version, "retired", "published", Author.FILE, "");
            return true;
        });
    }

    /** Keeps a version as a draft; one that is known already stays what it is. */
    public PolicyVersion draft(String policy, String version, String body, Author by) {
        return ledger.transaction(() -> {
            lock(policy);
            if (keep(policy, version, body)) {
                step(policy, version, "drafted", by, "");
            }
            return find(policy, version).orElseThrow();
        });
    }

    /** Marks a draft as free of errors. */
    public void validated(String policy, String version, Author by) {
        ledger.inTransaction(() -> {
            lock(policy);
            if (state(policy, version, "validated", "state = 'draft'") > 0) {
                step(policy, version, "validated", by, "");
            }
        });
    }

    /**
     * Publishes a version that is kept; the one published before is retired. Publishing the published version changes
     * nothing.
     *
     * @param expected the version that must be published now, so that nobody publishes over what he has not seen; null: any
     * @param note what the author says about it
     * @throws IllegalStateException if the version is unknown or a mere draft, or another one was published meanwhile
     */
    public void publish(String policy, String version, @Nullable String expected, Author by, String note) {
        ledger.inTransaction(() -> {
            lock(policy);
            expect(policy, expected);
            PolicyVersion held = find(policy, version)
                    .orElseThrow(() -> new IllegalStateException("There is no version " + version + " of " + policy));
            if (held.state().equals("draft")) {
                throw new IllegalStateException("Version " + version + " of " + policy + " was not validated.");
            }
            if (!held.state().equals("published")) {
                put(policy, version, "retired", "published", by, note);
            }
        });
    }

    /**
     * Takes the published version back: it counts as rolled back, and the one given, or the one published before it, is
     * published again.
     *
     * @return the version published now
     * @throws IllegalStateException if there is none to return to, or another one was published meanwhile
     */
    public String rollback(String policy, @Nullable String to, @Nullable String expected, Author by, String note) {
        return ledger.transaction(() -> {
            lock(policy);
            expect(policy, expected);
            String target = to != null ? to : before(policy);
            if (find(policy, target).filter(held -> held.publishedAt() != null).isEmpty()) {
                throw new IllegalStateException("Version " + target + " of " + policy + " was never published.");
            }
            put(policy, target, "rolled-back", "rolled-back", by, note);
            return target;
        });
    }

    private String before(String policy) {
        return ledger.jdbc()
                .sql("""
                        select s.version from policy_step s
                        join policy_version v on v.tenant = s.tenant and v.policy = s.policy and v.version = s.version
                        where s.tenant = ? and s.policy = ? and s.step = 'published' and v.state = 'retired'
                        order by s.number desc limit 1
                        """)
                .params(ledger.tenant(), policy)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException(
                        "No version of " + policy + " was published before this one; name one with --to."));
    }

    private void expect(String policy, @Nullable String expected) {
        String now = published(policy).map(PolicyVersion::version).orElse("");
        if (expected != null && !now.equals(expected)) {
            throw new IllegalStateException("Meanwhile another version of " + policy + " was published: " + now
                    + ". Look at what it changes, then publish again.");
        }
    }

    /** Changes of one policy follow each other, on whatever instance. */
    private void lock(String policy) {
        ledger.jdbc()
                .sql("select pg_advisory_xact_lock(hashtextextended(?, 0))::text")
                .param("policy " + ledger.tenant() + " " + policy)
                .query(String.class)
                .optional();
    }

    private boolean keep(String policy, String version, String body) {
        return ledger.jdbc()
                        .sql("""
                        insert into policy_version (tenant, policy, version, state, body) values (?, ?, ?, 'draft', ?)
                        on conflict do nothing
                        """)
                        .params(ledger.tenant(), policy, version, body)
                        .update()
                > 0;
    }

    private void put(String policy, String version, String formerly, String step, Author by, String note) {
        ledger.jdbc()
                .sql("""
                        update policy_version set state = ?
                        where tenant = ? and policy = ? and state = 'published' and version <> ?
                        """)
                .params(formerly, ledger.tenant(), policy, version)
                .update();
        ledger.jdbc()
                .sql("""
                        update policy_version set state = 'published', published_at = clock_timestamp(), published_by = ?
                        where tenant = ? and policy = ? and version = ?
                        """)
                .params(by.who(), ledger.tenant(), policy, version)
                .update();
        step(policy, version, step, by, note);
        // Who stayed unassigned under the old rules may fit the new ones.
        new LeadQueue(ledger).retryUnassigned(ledger.sequence());
    }

    private int state(String policy, String version, String state, String condition) {
        return ledger.jdbc()
                .sql("update policy_version set state = ? where tenant = ? and policy = ? and version = ? and "
                        + condition)
                .params(state, ledger.tenant(), policy, version)
                .update();
    }

    private void step(String policy, String version, String step, Author by, String note) {
        ledger.jdbc()
                .sql(
                        "insert into policy_step (tenant, policy, version, step, origin, who, note) values (?, ?, ?, ?, ?, ?, ?)")
                .params(ledger.tenant(), policy, version, step, by.origin(), by.who(), note)
                .update();
        ledger.jdbc()
                .sql("""
                        insert into audit (tenant, who, what, about, detail)
                        values (?, ?, ?, ?, jsonb_build_object('origin', ?::text, 'note', ?::text))
                        """)
                .params(ledger.tenant(), by.who(), "policy " + step, policy + "/" + version, by.origin(), note)
                .update();
    }

    /** What happened to the versions of a policy, the latest first. */
    public List<Step> steps(String policy, int most) {
        return ledger.jdbc()
                .sql("select * from policy_step where tenant = ? and policy = ? order by number desc limit ?")
                .params(ledger.tenant(), policy, most)
                .query((row, at) -> new Step(
                        row.getLong("number"),
                        row.getString("version"),
                        row.getString("step"),
                        new Author(row.getString("origin"), row.getString("who")),
                        row.getTimestamp("at").toInstant(),
                        row.getString("note")))
                .list();
    }

    /** The version whose name begins so, where exactly one does. */
    public Optional<PolicyVersion> beginning(String policy, String prefix) {
        List<PolicyVersion> found = ledger.jdbc()
                .sql("select * from policy_version where tenant = ? and policy = ? and starts_with(version, ?) limit 2")
                .params(ledger.tenant(), policy, prefix)
                .query(PolicyLedger::read)
                .list();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The name of the published version, the cheapest question of all. */
    public Optional<String> publishedVersion(String policy) {
        return ledger.jdbc()
                .sql("select version from policy_version where tenant = ? and policy = ? and state = 'published'")
                .params(ledger.tenant(), policy)
                .query(String.class)
                .optional();
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
