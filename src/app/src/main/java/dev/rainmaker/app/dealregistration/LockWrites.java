package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.LockCopy;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the outbox to show registrations and locks in the connected systems. Each entry carries the lock's fence; an older one
 * of the same record is replaced. Call inside the transaction that changed the lock.
 */
final class LockWrites {

    /** Purpose of what is written to the record a registration came from. */
    static final String REGISTRATION = "registration";

    /** Purpose of what is written to leads and opportunities. */
    static final String LOCK = "lock";

    private final OutboxLedger outbox;
    private final Connections connections;
    private final FactLedger facts;
    private final RegistrationLedger registrations;
    private final DealConflictLedger conflicts;
    private final ConflictLookup lookup;

    LockWrites(
            OutboxLedger outbox,
            Connections connections,
            FactLedger facts,
            RegistrationLedger registrations,
            DealConflictLedger conflicts,
            ConflictLookup lookup) {
        this.outbox = outbox;
        this.connections = connections;
        this.facts = facts;
        this.registrations = registrations;
        this.conflicts = conflicts;
        this.lookup = lookup;
    }

    /** State, reason, end of the protection and number, to the record the registration came from. */
    void registration(Registration registration, @Nullable DealLock lock) {
        RecordId source = registration.source();
        Optional<String> stream =
                source == null ? Optional.empty() : stream(source, FactKind.DEAL_REGISTRATION, "state");
        if (source == null || stream.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("state", registration.state().label());
        fields.put("stateReason", registration.reason());
        fields.put(
                "lockUntil",
                registration.state().holdsLock() && registration.lockUntil() != null
                        ? registration.lockUntil().toString()
                        : null);
        fields.put("number", registration.number());
        fields.put("lockFence", lock == null ? null : lock.fence());
        Map<String, @Nullable Object> seen = new HashMap<>();
        seen.put("state", registrations.shown(registration.number()).orElse(null));
        outbox.add(List.of(OutboxEntry.of(source, stream.get(), REGISTRATION, registration.number(), fields, seen)));
    }

    /** What is wrong with a claim, to the record it came from. */
    void problems(RecordId source, String state, String shown, List<String> problems) {
        stream(source, FactKind.DEAL_REGISTRATION, "state").ifPresent(stream -> {
            Map<String, @Nullable Object> fields = new HashMap<>();
            fields.put("state", state);
            fields.put("stateReason", String.join("; ", problems));
            Map<String, @Nullable Object> seen = new HashMap<>();
            seen.put("state", shown);
            outbox.add(List.of(OutboxEntry.of(source, stream, REGISTRATION, null, fields, seen)));
        });
    }

    /**
     * Holder, end, scope and number to the open leads and opportunities of a customer.
     *
     * @param lock what they are to show; one that has ended clears what was shown of it
     */
    void copies(CompanyIdentity customer, DealLock lock, boolean live) {
        List<OutboxEntry> entries = new ArrayList<>();
        for (Lead lead : lookup.leadsOf(customer)) {
            if (lead.products().isEmpty() || covers(lock, lead.products())) {
                entry(lead.id(), FactKind.LEAD, lock, live).ifPresent(entries::add);
            }
        }
        for (Opportunity deal : lookup.dealsOf(customer)) {
            if (deal.products().isEmpty() || covers(lock, deal.products())) {
                entry(deal.id(), FactKind.OPPORTUNITY, lock, live).ifPresent(entries::add);
            }
        }
        outbox.add(entries);
    }

    private static boolean covers(DealLock lock, java.util.Set<String> products) {
        return lock.scope().overlaps(new dev.rainmaker.dealregistration.ProductScope(products));
    }

    /** What one lead or opportunity is to show; empty where it shows that already or a person's edit waits for a reviewer. */
    Optional<OutboxEntry> entry(RecordId record, FactKind kind, DealLock lock, boolean live) {
        Optional<String> stream = stream(record, kind, "lockHolder");
        if (stream.isEmpty() || conflicts.editOpen(record.toString())) {
            return Optional.empty();
        }
        // What was last asked for counts before what was last read: a write may not have been read back by a pass yet.
        LockCopy shown = facts.find(FactKind.LOCK_COPY, record, LockCopy.class).orElse(null);
        Map<String, @Nullable Object> asked =
                outbox.latestFields(LOCK, List.of(record)).get(record);
        if (!live && !lock.number().equals(numberOn(shown, asked))) {
            return Optional.empty(); // it shows nothing, or another lock: not ours to clear
        }
        Map<String, @Nullable Object> fields = live ? fields(lock) : cleared();
        if (shows(shown, fields) && (asked == null || same(asked, fields)) && !outbox.isOpen(record, LOCK)) {
            return Optional.empty();
        }
        fields.put("lockFence", lock.fence());
        Map<String, @Nullable Object> seen = new HashMap<>();
        seen.put(
                "lockHolder",
                shown == null || shown.holder() == null ? null : shown.holder().toString());
        return Optional.of(OutboxEntry.of(record, stream.get(), LOCK, lock.number(), fields, seen));
    }

    /** Whose lock a record shows, or will show. */
    private static @Nullable Object numberOn(@Nullable LockCopy shown, @Nullable Map<String, @Nullable Object> asked) {
        Object number = asked == null ? null : asked.get("registrationNumber");
        return number == null && shown != null ? shown.number() : number;
    }

    private static boolean same(Map<String, @Nullable Object> asked, Map<String, @Nullable Object> fields) {
        return Stream.of("lockHolder", "lockUntil", "registrationNumber")
                .allMatch(name -> Objects.equals(asked.get(name), fields.get(name)));
    }

    /** Adds entries made by {@link #entry}. */
    void add(List<OutboxEntry> entries) {
        outbox.add(entries);
    }

    static Map<String, @Nullable Object> fields(DealLock lock) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("lockHolder", lock.partner().toString());
        fields.put("lockUntil", lock.period().until().toString());
        fields.put("lockScope", lock.scope().text());
        fields.put("registrationNumber", lock.number());
        return fields;
    }

    private static Map<String, @Nullable Object> cleared() {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("lockHolder", null);
        fields.put("lockUntil", null);
        fields.put("lockScope", null);
        fields.put("registrationNumber", null);
        return fields;
    }

    /** Whether a record shows what it was asked to; scopes are cut by systems and not compared. */
    static boolean shows(@Nullable LockCopy shown, Map<String, @Nullable Object> wanted) {
        String holder =
                shown == null || shown.holder() == null ? null : shown.holder().toString();
        String until =
                shown == null || shown.until() == null ? null : shown.until().toString();
        return Objects.equals(holder, wanted.get("lockHolder"))
                && Objects.equals(until, wanted.get("lockUntil"))
                && Objects.equals(shown == null ? null : shown.number(), wanted.get("registrationNumber"));
    }

    private Optional<String> stream(RecordId record, FactKind kind, String field) {
        return connections
                .find(record.connection())
                .flatMap(live -> live.writing(kind, field))
                .map(StreamMapping::stream);
    }
}
