package dev.rainmaker.app.ledger;

import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.MergeCustomers;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.RecordId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Registrations with everything that happened to them; their locks are kept by {@link DealLockLedger}. */
public final class RegistrationLedger implements MergeCustomers.Book {

    private static final String FIND = "select * from deal_registration where tenant = ? and ";

    private final Ledger ledger;
    private final DealLockLedger locks;

    public RegistrationLedger(Ledger ledger, DealLockLedger locks) {
        this.ledger = ledger;
        this.locks = locks;
    }

    /** The number of the next registration. */
    public String nextNumber() {
        return ledger.jdbc()
                .sql("select 'DR-' || lpad(nextval('deal_registration_number')::text, 6, '0')")
                .query(String.class)
                .single();
    }

    /**
     * Keeps a new registration with its first event.
     *
     * @param requestKey the request's Idempotency-Key, null where it has none
     * @return false where the same record or request brought one before: nothing is changed then
     */
    public boolean create(Registration made, Step.Submit step, @Nullable String requestKey, Instant at) {
        int created = ledger.jdbc()
                .sql("""
                        insert into deal_registration (tenant, number, version, state, reason, partner_connection, partner_id,
                            customer, products, claim, source, request_key, submitted_at, review_by, shown_state)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(
                        ledger.tenant(),
                        made.number(),
                        made.version(),
                        made.state().word(),
                        made.reason(),
                        made.partner().connection(),
                        made.partner().id(),
                        made.customer(),
                        made.scope().products().toArray(String[]::new),
                        OutboxLedger.json(made.claim()),
                        made.source() == null ? null : made.source().toString(),
                        requestKey,
                        stamp(made.submittedAt()),
                        stamp(made.reviewBy()),
                        made.source() == null ? null : made.state().label())
                .update();
        if (created == 1) {
            event(made, null, step, at);
        }
        return created == 1;
    }

    @Override
    public boolean save(Registration before, Registration after, Step step, Instant at) {
        int saved = ledger.jdbc()
                .sql("""
                        update deal_registration set version = ?, state = ?, reason = ?, customer = ?, products = ?,
                            request_key = case when (partner_connection, partner_id) = (?, ?) then request_key end,
                            partner_connection = ?, partner_id = ?,
                            claim = ?::jsonb, submitted_at = ?, review_by = ?, lock_until = ?, extensions = ?, blocked = ?,
                            reminded_days = case when lock_until is distinct from ? then null else reminded_days end
                        where tenant = ? and number = ? and version = ?
                        """)
                .params(
                        after.version(),
                        after.state().word(),
                        after.reason(),
                        after.customer(),
                        after.scope().products().toArray(String[]::new),
                        after.partner().connection(),
                        after.partner().id(),
                        after.partner().connection(),
                        after.partner().id(),
                        OutboxLedger.json(after.claim()),
                        stamp(after.submittedAt()),
                        stamp(after.reviewBy()),
                        stamp(after.lockUntil()),
                        after.extensions(),
                        after.blocked(),
                        stamp(after.lockUntil()),
                        ledger.tenant(),
                        before.number(),
                        before.version())
                .update();
        if (saved == 1) {
            event(after, before.state(), step, at);
        }
        return saved == 1;
    }

    /** Replaces what a registration claims, in the transaction of the step that handed the correction in. */
    public Registration replaceClaim(Registration corrected) {
        ledger.jdbc()
                .sql("""
                        update deal_registration set customer = ?, products = ?, claim = ?::jsonb
                        where tenant = ? and number = ? and version = ?
                        """)
                .params(
                        corrected.customer(),
                        corrected.scope().products().toArray(String[]::new),
                        OutboxLedger.json(corrected.claim()),
                        ledger.tenant(),
                        corrected.number(),
                        corrected.version())
                .update();
        return corrected;
    }

    private void event(Registration after, @Nullable RegistrationState from, Step step, Instant at) {
        Map<String, String> detail = new TreeMap<>();
        if (step instanceof Step.Extend extend && extend.proof() != null) {
            detail.put("proof", extend.proof());
        }
        if (step instanceof Step.Merge merge) {
            detail.put("customer", merge.customer());
        }
        if (step instanceof Step.HandOver over) {
            detail.put("partner", over.partner().toString());
        }
        Instant until = after.lockUntil();
        if (until != null && after.state().holdsLock()) {
            detail.put("until", until.toString());
        }
        ledger.jdbc()
                .sql("""
                        insert into deal_registration_event
                            (tenant, number, version, at, who, step, from_state, to_state, why, detail)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                        """)
                .params(
                        ledger.tenant(),
                        after.number(),
                        after.version(),
                        Timestamp.from(at),
                        step.who(),
                        step.word(),
                        from == null ? null : from.word(),
                        after.state().word(),
                        step.why(),
                        OutboxLedger.json(detail))
                .update();
    }

    @Override
    public Optional<Registration> find(String number) {
        return one(FIND + "number = ?", number);
    }

    /** The latest registration that came from a record. */
    public Optional<Registration> ofSource(RecordId source) {
        return one(FIND + "source = ? order by created_at desc, number desc limit 1", source.toString());
    }

    /** The registration that a request brought. */
    public Optional<Registration> ofRequest(RecordId partner, String key) {
        return ledger.jdbc()
                .sql(FIND + "partner_connection = ? and partner_id = ? and request_key = ?")
                .params(ledger.tenant(), partner.connection(), partner.id(), key)
                .query(RegistrationRow::read)
                .optional();
    }

    private Optional<Registration> one(String sql, String wanted) {
        return ledger.jdbc()
                .sql(sql)
                .params(ledger.tenant(), wanted)
                .query(RegistrationRow::read)
                .optional();
    }

    @Override
    public List<Registration> openOf(String customer) {
        return ofCustomer(customer).stream()
                .filter(registration -> !registration.state().isEnd())
                .toList();
    }

    /** All registrations of a customer, in the order in which they were handed in. */
    public List<Registration> ofCustomer(String customer) {
        return ledger.jdbc()
                .sql(FIND + "customer = ? order by submitted_at nulls last, number")
                .params(ledger.tenant(), customer)
                .query(RegistrationRow::read)
                .list();
    }

    /**
     * Registrations, the latest first.
     *
     * @param partner only this partner's, null for all
     * @param state only in this state, null for all
     * @param before only those with a smaller number, null from the start
     */
    public List<Registration> list(
            @Nullable RecordId partner, @Nullable RegistrationState state, @Nullable String before, int most) {
        StringBuilder sql = new StringBuilder("select * from deal_registration where tenant = ?");
        List<Object> params = new ArrayList<>(List.of(ledger.tenant()));
        if (partner != null) {
            sql.append(" and partner_connection = ? and partner_id = ?");
            params.add(partner.connection());
            params.add(partner.id());
        }
        if (state != null) {
            sql.append(" and state = ?");
            params.add(state.word());
        }
        if (before != null) {
            sql.append(" and number < ?");
            params.add(before);
        }
        params.add(most);
        return ledger.jdbc()
                .sql(sql.append(" order by number desc limit ?").toString())
                .params(params)
                .query(RegistrationRow::read)
                .list();
    }

    /** Registrations that wait for a reviewer, those that are due first. */
    public List<Registration> queue(int most) {
        return ledger.jdbc()
                .sql("select * from deal_registration where tenant = ? and state in ('submitted', 'under-review') "
                        + "order by review_by nulls last, number limit ?")
                .params(ledger.tenant(), most)
                .query(RegistrationRow::read)
                .list();
    }

    /** What happened to a registration, oldest first. */
    public List<Event> events(String number) {
        return ledger.jdbc()
                .sql("select * from deal_registration_event where tenant = ? and number = ? order by version")
                .params(ledger.tenant(), number)
                .query((row, n) -> new Event(
                        row.getString("number"),
                        row.getInt("version"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("who"),
                        row.getString("step"),
                        row.getString("from_state"),
                        row.getString("to_state"),
                        row.getString("why"),
                        OutboxLedger.values(row.getString("detail"))))
                .list();
    }

    /** How many there are by state. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        ledger.jdbc()
                .sql("select state, count(*) as n from deal_registration where tenant = ? group by state")
                .param(ledger.tenant())
                .query((row, number) -> counts.put(row.getString("state"), row.getLong("n")))
                .list();
        return counts;
    }

    /** How many of a partner's registrations wait for a decision, one left out. */
    public int countWaiting(RecordId partner, String without) {
        return count(partner, without, "state in ('submitted', 'under-review', 'needs-information')", null);
    }

    /** How many a partner handed in since an instant, one left out. */
    public int countSince(RecordId partner, Instant since, String without) {
        return count(partner, without, "submitted_at >= ?", since);
    }

    private int count(RecordId partner, String without, String condition, @Nullable Instant since) {
        List<Object> params = new ArrayList<>(List.of(ledger.tenant(), partner.connection(), partner.id(), without));
        if (since != null) {
            params.add(Timestamp.from(since));
        }
        return ledger.jdbc()
                .sql("""
                        select count(*) from deal_registration
                        where tenant = ? and partner_connection = ? and partner_id = ? and number <> ? and\s""" + condition)
                .params(params)
                .query(Integer.class)
                .single();
    }

    /** The first in line for a customer that was refused because another held it, and was not told yet that it is free. */
    public Optional<Registration> nextInLine(String customer, ProductScope free) {
        return ledger
                .jdbc()
                .sql(
                        FIND
                                + "customer = ? and blocked and state = 'rejected' and not told_free order by submitted_at, number")
                .params(ledger.tenant(), customer)
                .query(RegistrationRow::read)
                .list()
                .stream()
                .filter(registration -> registration.scope().overlaps(free))
                .findFirst();
    }

    /** Notes that one in line was told. */
    public void freeTold(String number) {
        ledger.jdbc()
                .sql("update deal_registration set told_free = true where tenant = ? and number = ?")
                .params(ledger.tenant(), number)
                .update();
    }

    /** What the record it came from last showed as its state; empty where it never showed one. */
    public Optional<String> shown(String number) {
        return ledger.jdbc()
                .sql("select coalesce(shown_state, '') from deal_registration where tenant = ? and number = ?")
                .params(ledger.tenant(), number)
                .query(String.class)
                .optional()
                .filter(state -> !state.isEmpty());
    }

    /** Notes what the record shows. */
    public void show(String number, @Nullable String state) {
        ledger.jdbc()
                .sql("update deal_registration set shown_state = ? where tenant = ? and number = ?")
                .params(state, ledger.tenant(), number)
                .update();
    }

    @Override
    public Instant now() {
        return locks.now();
    }

    @Override
    public Answer take(String number, String customer, RecordId partner, ProductScope scope, Instant until) {
        return locks.take(number, customer, partner, scope, until);
    }

    @Override
    public Optional<DealLock> prolong(DealLock held, Instant until) {
        return locks.prolong(held, until);
    }

    @Override
    public Optional<DealLock> end(DealLock held) {
        return locks.end(held);
    }

    @Override
    public Optional<DealLock> ofRegistration(String number) {
        return locks.ofRegistration(number);
    }

    /**
     * Something that happened to a registration.
     *
     * @param step the step's word, such as {@code approve}
     * @param fromState null for the first
     */
    public record Event(
            String number,
            int version,
            Instant at,
            String who,
            String step,
            @Nullable String fromState,
            String toState,
            String why,
            Map<String, @Nullable Object> detail) {}

    private static @Nullable Timestamp stamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
