package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decisions with their receipts, kept for good; per lead at most one is current, and versions rise by one. */
public final class DecisionLedger {

    private static final String COLUMNS = """
            id, round, lead_connection, lead_id, version, current, outcome, partner_connection, partner_id, reason, summary,
            policy_version, plv_version, facts_seq, propensity, decided_at, company, inputs, receipt
            """;

    private final Ledger ledger;

    public DecisionLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Adds decisions; a lead's earlier one is no longer current. Call together with the outbox in one transaction. */
    public void add(List<StoredDecision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        List<RecordId> again = decisions.stream()
                .filter(d -> d.version() > 1)
                .map(StoredDecision::lead)
                .toList();
        if (!again.isEmpty()) {
            // The list of ids says what the join says too: without it PostgreSQL may read all decisions there are.
            String[] ids = again.stream().map(RecordId::id).toArray(String[]::new);
            ledger.jdbc()
                    .sql("""
                            update decision d set current = false
                            from unnest(?::text[], ?::text[]) as given (connection, id)
                            where d.tenant = ? and d.lead_id = any (?)
                              and d.lead_connection = given.connection and d.lead_id = given.id and d.current
                            """)
                    .params(again.stream().map(RecordId::connection).toArray(String[]::new), ids, ledger.tenant(), ids)
                    .update();
        }
        var template = new org.springframework.jdbc.core.JdbcTemplate(ledger.dataSource());
        template.batchUpdate(
                "insert into decision (tenant, " + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, true, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)",
                decisions,
                500,
                (statement, decision) -> {
                    int i = 1;
                    statement.setString(i++, ledger.tenant());
                    statement.setString(i++, decision.id());
                    statement.setLong(i++, decision.round());
                    statement.setString(i++, decision.lead().connection());
                    statement.setString(i++, decision.lead().id());
                    statement.setInt(i++, decision.version());
                    statement.setString(i++, decision.outcome());
                    statement.setString(
                            i++,
                            decision.partner() == null
                                    ? null
                                    : decision.partner().connection());
                    statement.setString(
                            i++,
                            decision.partner() == null
                                    ? null
                                    : decision.partner().id());
                    statement.setString(i++, decision.reason());
                    statement.setString(i++, decision.summary());
                    statement.setString(i++, decision.policyVersion());
                    statement.setString(i++, decision.plvVersion());
                    statement.setLong(i++, decision.factsSeq());
                    statement.setBigDecimal(i++, decision.propensity());
                    statement.setTimestamp(i++, java.sql.Timestamp.from(decision.decidedAt()));
                    statement.setString(i++, decision.company());
                    statement.setString(i++, decision.inputs());
                    statement.setString(i, decision.receipt());
                });
    }

    /** The decisions of a round, in the order in which they were made. */
    public List<StoredDecision> ofRound(long round) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + """
                         from decision where tenant = ? and round = ? and outcome in ('assigned', 'offered', 'unassigned')
                        order by (inputs ->> 'position')::int
                        """)
                .params(ledger.tenant(), round)
                .query(DecisionLedger::read)
                .list();
    }

    /** Current decisions of leads of one connection. */
    public Map<RecordId, StoredDecision> current(String connection, List<String> leadIds) {
        Map<RecordId, StoredDecision> found = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("select " + COLUMNS
                        + " from decision where tenant = ? and lead_connection = ? and lead_id = any (?) and current")
                .params(ledger.tenant(), connection, leadIds.toArray(String[]::new))
                .query(DecisionLedger::read)
                .list()
                .forEach(decision -> found.put(decision.lead(), decision));
        return found;
    }

    /** Who has these leads of one connection by their current decisions; leads without a decision are absent. */
    public Map<RecordId, Optional<RecordId>> holders(String connection, List<String> leadIds) {
        Map<RecordId, Optional<RecordId>> found = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select lead_connection, lead_id, partner_connection, partner_id from decision
                        where tenant = ? and lead_connection = ? and lead_id = any (?) and current
                        """)
                .params(ledger.tenant(), connection, leadIds.toArray(String[]::new))
                .query((row, number) -> {
                    String partner = row.getString("partner_id");
                    return found.put(
                            new RecordId(row.getString("lead_connection"), row.getString("lead_id")),
                            partner == null
                                    ? Optional.empty()
                                    : Optional.of(new RecordId(row.getString("partner_connection"), partner)));
                })
                .list();
        return found;
    }

    /** All decisions of a lead, newest first. */
    public List<StoredDecision> ofLead(RecordId lead) {
        return ledger.jdbc()
                .sql(
                        "select " + COLUMNS
                                + " from decision where tenant = ? and lead_connection = ? and lead_id = ? order by version desc")
                .params(ledger.tenant(), lead.connection(), lead.id())
                .query(DecisionLedger::read)
                .list();
    }

    /** The decision itself, or the last one of the policy before what a person or a partner did to it: it has the receipt. */
    public StoredDecision byPolicy(StoredDecision decision) {
        return ofLead(decision.lead()).stream()
                .filter(each -> each.version() <= decision.version() && each.byPolicy())
                .findFirst()
                .orElse(decision);
    }

    public Optional<StoredDecision> find(String id) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + " from decision where tenant = ? and id = ?")
                .params(ledger.tenant(), id)
                .query(DecisionLedger::read)
                .optional();
    }

    /** The latest decisions, newest first. */
    public List<StoredDecision> latest(int most) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + " from decision where tenant = ? order by decided_at desc, id limit ?")
                .params(ledger.tenant(), most)
                .query(DecisionLedger::read)
                .list();
    }

    /**
     * The latest decisions that the policy made, by round.
     *
     * @param from decided at or after, null for any time
     * @param until decided before, null for any time
     */
    public SortedMap<Long, Set<String>> rounds(@Nullable Instant from, @Nullable Instant until, int most) {
        SortedMap<Long, Set<String>> rounds = new TreeMap<>();
        ledger.jdbc()
                .sql("""
                        select round, id from decision where tenant = :tenant
                            and outcome in ('assigned', 'offered', 'unassigned')
                            and (:from::timestamptz is null or decided_at >= :from::timestamptz)
                            and (:until::timestamptz is null or decided_at < :until::timestamptz)
                        order by decided_at desc, id limit :most
                        """)
                .param("tenant", ledger.tenant())
                .param("from", from == null ? null : from.toString())
                .param("until", until == null ? null : until.toString())
                .param("most", most)
                .query((row, number) -> rounds.computeIfAbsent(row.getLong("round"), any -> new TreeSet<>())
                        .add(row.getString("id")))
                .list();
        return rounds;
    }

    /** What followed on decisions about the same lead: the outcome of the next, by decision; those that stand are absent. */
    public Map<String, String> nextOutcomes(List<String> ids) {
        Map<String, String> next = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select d.id, n.outcome from decision d join decision n on n.tenant = d.tenant
                            and n.lead_connection = d.lead_connection and n.lead_id = d.lead_id
                            and n.version = d.version + 1
                        where d.tenant = ? and d.id = any (?)
                        """)
                .params(ledger.tenant(), ids.toArray(String[]::new))
                .query((row, number) -> next.put(row.getString("id"), row.getString("outcome")))
                .list();
        return next;
    }

    /**
     * Which current decisions are wanted; null: any.
     *
     * @param open of leads that are still open in the CRM only
     */
    public record Wanted(
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable RecordId partner,
            boolean open) {}

    /** Where a page of decisions ended. */
    public record After(Instant decidedAt, String id) {}

    /** Current decisions, newest first, after the end of the page before. */
    public List<StoredDecision> page(Wanted wanted, @Nullable After after, int most) {
        RecordId partner = wanted.partner();
        return ledger.jdbc()
                .sql("select " + COLUMNS + """
                         from decision d where tenant = :tenant and current
                          and outcome = coalesce(:outcome::text, outcome) and reason = coalesce(:reason::text, reason)
                          and (:partner::text is null
                               or (partner_connection = :connection::text and partner_id = :partner::text))
                          and (:at::timestamptz is null or decided_at < :at::timestamptz
                               or (decided_at = :at::timestamptz and id > :after::text))
                          and (not :open or exists (select from fact f where f.tenant = d.tenant and f.kind = 'lead'
                               and f.connection = d.lead_connection and f.id = d.lead_id and f.until_seq is null
                               and (f.body ->> 'open')::boolean))
                        order by decided_at desc, id limit :most
                        """)
                .param("tenant", ledger.tenant())
                .param("outcome", wanted.outcome())
                .param("reason", wanted.reason())
                .param("connection", partner == null ? null : partner.connection())
                .param("partner", partner == null ? null : partner.id())
                .param("at", after == null ? null : after.decidedAt().toString())
                .param("after", after == null ? null : after.id())
                .param("open", wanted.open())
                .param("most", most)
                .query(DecisionLedger::read)
                .list();
    }

    /** Whether a decision of that id gave this lead to this partner: how our own write is told from a person's. */
    public boolean assigned(String id, RecordId lead, RecordId partner) {
        return ledger.jdbc()
                        .sql("""
                        select count(*) from decision where tenant = ? and id = ? and lead_connection = ? and lead_id = ?
                            and partner_connection = ? and partner_id = ? and outcome <> 'overridden'
                        """)
                        .params(ledger.tenant(), id, lead.connection(), lead.id(), partner.connection(), partner.id())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Records that a person chose otherwise: the lead's current decision is the person's from now on. Told of the same
     * choice again, by the sync and by the write-back, it stays as it is.
     *
     * @param chosen the partner the person chose, null where the record ended instead
     */
    public void override(RecordId lead, @Nullable RecordId chosen, String reason) {
        new RotationLedger(ledger).changed();
        ledger.jdbc()
                .sql("""
                        with held as (
                            update decision set current = false
                            where tenant = ? and lead_connection = ? and lead_id = ? and current
                              and (outcome, partner_connection, partner_id)
                                  is distinct from ('overridden', ?::text, ?::text)
                            returning *)
                        insert into decision (tenant, id, round, lead_connection, lead_id, version, current, outcome,
                            partner_connection, partner_id, reason, summary, policy_version, plv_version, facts_seq,
                            decided_at, company, inputs, receipt)
                        select tenant, lead_id || '-' || (version + 1), round, lead_connection, lead_id, version + 1, true,
                            'overridden', ?, ?, 'human-override', ?, policy_version, plv_version, facts_seq,
                            clock_timestamp(), company, '{}', receipt
                        from held
                        """)
                .params(
                        ledger.tenant(),
                        lead.connection(),
                        lead.id(),
                        chosen == null ? null : chosen.connection(),
                        chosen == null ? null : chosen.id(),
                        chosen == null ? null : chosen.connection(),
                        chosen == null ? null : chosen.id(),
                        reason)
                .update();
    }

    /**
     * Adds what became of a lead after its decision: {@code claimed} by a partner it was offered to, or {@code withdrawn}
     * from its partner. Keeps the receipt of the decision before.
     *
     * @return the new decision's id
     */
    public String follow(
            RecordId lead, String outcome, @Nullable RecordId partner, String reason, String summary, Instant at) {
        new RotationLedger(ledger).changed();
        return ledger.jdbc()
                .sql("""
                        with held as (
                            update decision set current = false
                            where tenant = ? and lead_connection = ? and lead_id = ? and current returning *)
                        insert into decision (tenant, id, round, lead_connection, lead_id, version, current, outcome,
                            partner_connection, partner_id, reason, summary, policy_version, plv_version, facts_seq,
                            propensity, decided_at, company, inputs, receipt)
                        select tenant, lead_id || '-' || (version + 1), round, lead_connection, lead_id, version + 1, true,
                            ?, ?, ?, ?, ?, policy_version, plv_version, facts_seq, null, ?, company, inputs, receipt from held
                        returning id
                        """)
                .params(
                        ledger.tenant(),
                        lead.connection(),
                        lead.id(),
                        outcome,
                        partner == null ? null : partner.connection(),
                        partner == null ? null : partner.id(),
                        reason,
                        summary.length() <= 255 ? summary : summary.substring(0, 252) + "...",
                        java.sql.Timestamp.from(at))
                .query(String.class)
                .single();
    }

    /** Whether a person's choice for a lead was given back to the policy at or after an instant. */
    public boolean handedBackSince(RecordId lead, Instant at) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from decision where tenant = ? and lead_connection = ? and lead_id = ?
                            and outcome = 'withdrawn' and reason = 'handed-back' and decided_at >= ?)
                        """)
                .params(ledger.tenant(), lead.connection(), lead.id(), java.sql.Timestamp.from(at))
                .query(Boolean.class)
                .single();
    }

    /** Leads that a partner claimed since an instant. */
    public int claims(RecordId partner, Instant since) {
        return ledger.jdbc()
                .sql("""
                        select count(*) from decision where tenant = ? and partner_connection = ? and partner_id = ?
                            and outcome = 'claimed' and decided_at >= ?
                        """)
                .params(ledger.tenant(), partner.connection(), partner.id(), java.sql.Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    /** Open leads of partners that are no longer active, with the partner. */
    public Map<RecordId, RecordId> heldByInactive() {
        Map<RecordId, RecordId> held = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select d.lead_connection, d.lead_id, d.partner_connection, d.partner_id
                        from decision d join fact f on f.tenant = d.tenant and f.kind = 'lead'
                            and f.connection = d.lead_connection and f.id = d.lead_id and f.until_seq is null
                            and (f.body ->> 'open')::boolean
                        left join fact p on p.tenant = d.tenant and p.kind = 'partner'
                            and p.connection = d.partner_connection and p.id = d.partner_id and p.until_seq is null
                        where d.tenant = ? and d.current and d.partner_id is not null
                          and not coalesce((p.body ->> 'active')::boolean, false)
                          and (d.outcome in ('assigned', 'claimed') or (d.outcome = 'overridden' and not exists (
                              select from lead_event e where e.tenant = d.tenant and e.connection = d.lead_connection
                                and e.lead_id = d.lead_id and e.what = 'partner-left'
                                and e.partner_id = d.partner_id)))
                        order by 1, 2
                        """)
                .param(ledger.tenant())
                .query((row, number) -> held.put(
                        new RecordId(row.getString("lead_connection"), row.getString("lead_id")),
                        new RecordId(row.getString("partner_connection"), row.getString("partner_id"))))
                .list();
        return held;
    }

    /** Current decisions by outcome, unassigned ones by reason as {@code unassigned:reason}. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new java.util.TreeMap<>();
        ledger.jdbc()
                .sql("""
                        select case outcome when 'unassigned' then 'unassigned:' || reason else outcome end as what,
                            count(*) as decisions
                        from decision where tenant = ? and current group by 1
                        """)
                .param(ledger.tenant())
                .query((row, number) -> counts.put(row.getString("what"), row.getLong("decisions")))
                .list();
        return counts;
    }

    /** Open leads that nobody got, by reason. */
    public Map<String, Long> countsOfOpenLeads() {
        Map<String, Long> counts = new java.util.TreeMap<>();
        ledger.jdbc()
                .sql("""
                        select d.reason, count(*) as leads
                        from decision d join fact f on f.tenant = d.tenant and f.kind = 'lead'
                            and f.connection = d.lead_connection and f.id = d.lead_id and f.until_seq is null
                        where d.tenant = ? and d.current and d.outcome in ('unassigned', 'withdrawn') and (f.body ->> 'open')::boolean
                        group by 1
                        """)
                .param(ledger.tenant())
                .query((row, number) -> counts.put(row.getString("reason"), row.getLong("leads")))
                .list();
        return counts;
    }

    /** Leads held per partner by current assignments. */
    public Map<RecordId, Long> heldByPartner() {
        Map<RecordId, Long> held = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select partner_connection, partner_id, count(*) as leads from decision
                        where tenant = ? and current and outcome in ('assigned', 'claimed', 'overridden') and partner_id is not null
                        group by 1, 2 order by 1, 2
                        """)
                .param(ledger.tenant())
                .query((row, number) -> held.put(
                        new RecordId(row.getString("partner_connection"), row.getString("partner_id")),
                        row.getLong("leads")))
                .list();
        return held;
    }

    private static StoredDecision read(ResultSet row, int number) throws SQLException {
        String partner = row.getString("partner_id");
        BigDecimal propensity = row.getBigDecimal("propensity");
        Instant at = row.getTimestamp("decided_at").toInstant();
        return new StoredDecision(
                row.getString("id"),
                row.getLong("round"),
                new RecordId(row.getString("lead_connection"), row.getString("lead_id")),
                row.getInt("version"),
                row.getString("outcome"),
                partner == null ? null : new RecordId(row.getString("partner_connection"), partner),
                row.getString("reason"),
                row.getString("summary"),
                row.getString("policy_version"),
                row.getString("plv_version"),
                row.getLong("facts_seq"),
                propensity,
                at,
                row.getString("company"),
                row.getString("inputs"),
                row.getString("receipt"));
    }
}
