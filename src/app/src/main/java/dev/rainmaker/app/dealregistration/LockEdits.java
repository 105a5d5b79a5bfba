package dev.rainmaker.app.dealregistration;

import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.LockCopy;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what leads and opportunities show of a lock with what they were asked to show. An older write of ours is written
 * anew; a person's edit is left as it is and becomes a conflict for a reviewer. The lock itself stays in either case.
 */
final class LockEdits {

    private final RegistrationDesk desk;
    private final FactLedger facts;
    private final OutboxLedger outbox;

    LockEdits(RegistrationDesk desk, FactLedger facts, OutboxLedger outbox) {
        this.desk = desk;
        this.facts = facts;
        this.outbox = outbox;
    }

    /** Looks at a copy that changed, null where the record shows nothing any more; the word says what came of it. */
    Optional<String> look(RecordId record, @Nullable LockCopy shown) {
        Map<String, @Nullable Object> wanted =
                outbox.latestFields(LockWrites.LOCK, List.of(record)).get(record);
        if (wanted == null) {
            return shown == null || shown.holder() == null ? Optional.empty() : raise(record, shown, null);
        }
        if (LockWrites.shows(shown, wanted)) {
            desk.conflicts().settleEdit(record.toString(), "crm", "the record shows what it should again");
            return Optional.empty();
        }
        if (outbox.isOpen(record, LockWrites.LOCK) || isGone(record)) {
            return Optional.empty(); // the write on its way looks at the record itself
        }
        String number = (String) wanted.get("registrationNumber");
        if (shown != null && isOlderWrite(record, shown)) {
            return rewrite(record, number == null ? shown.number() : number);
        }
        return raise(record, shown, number);
    }

    private boolean isGone(RecordId record) {
        return fact(record).isEmpty();
    }

    private Optional<? extends Fact> fact(RecordId record) {
        Optional<Lead> lead = facts.find(FactKind.LEAD, record, Lead.class);
        return lead.isPresent() ? lead : facts.find(FactKind.OPPORTUNITY, record, Opportunity.class);
    }

    private boolean isOlderWrite(RecordId record, LockCopy shown) {
        return shown.holder() != null
                && shown.number() != null
                && outbox.everAsked(
                        record, LockWrites.LOCK, "lockHolder", shown.holder().toString())
                && outbox.everAsked(record, LockWrites.LOCK, "registrationNumber", shown.number())
                && shown.until() != null
                && outbox.everAsked(
                        record, LockWrites.LOCK, "lockUntil", shown.until().toString());
    }

    private Optional<String> rewrite(RecordId record, @Nullable String number) {
        DealLock lock =
                number == null ? null : desk.locks().ofRegistration(number).orElse(null);
        if (lock == null) {
            return Optional.empty();
        }
        Registration holder = desk.registrations().find(lock.number()).orElseThrow();
        FactKind kind = fact(record).map(Fact::kind).orElse(FactKind.LEAD);
        desk.write(desk.writes()
                .entry(record, kind, lock, holder.state().holdsLock())
                .map(List::of)
                .orElse(List.of()));
        return Optional.of("rewritten");
    }

    private Optional<String> raise(RecordId record, @Nullable LockCopy shown, @Nullable String number) {
        Map<String, String> detail = new HashMap<>();
        if (shown != null) {
            detail.put("holder", String.valueOf(shown.holder()));
            detail.put("until", String.valueOf(shown.until()));
            detail.put("number", String.valueOf(shown.number()));
        }
        String edit = shown == null
                ? "a person cleared the lock of " + record + " in the CRM"
                : "a person changed the lock of " + record + " in the CRM: it shows holder " + desk.name(shown.holder())
                        + ", until " + shown.until();
        String about = number == null ? (shown == null ? "" : String.valueOf(shown.number())) : number;
        desk.conflicts().raiseEdit(about, record.toString(), edit + "; the lock itself is unchanged", detail);
        return Optional.of("conflicts");
    }
}
