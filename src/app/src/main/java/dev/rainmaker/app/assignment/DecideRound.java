package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.LifeLedger.LeadNote;
import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.assignment.Rotation;
import dev.rainmaker.assignment.Standing;
import dev.rainmaker.assignment.life.LeadEvent;
import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.assignment.life.LeadLifeCycle;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.assignment.life.LifeStep;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The decisions of one round, one lead after the other, each seeing what the ones before it did to the counters. */
final class DecideRound {

    /** Waits that end by a person alone. */
    private static final Set<String> PERSONS = Set.of("attempts-exhausted", "partner-left");

    private final LongSupplier opensRound;
    private long round;
    private boolean replaced;
    private final PartnerSnapshots.Snapshot snapshot;
    private final Instant now;
    private final CrmState crm;
    private final DecisionLedger ours;
    private final Map<RecordId, Prospect> prospects;
    private final List<ClaimSource.Claims> claims;
    private Part part = new Part();
    private int made;
    private final Map<String, Rotation> changedRotations = new TreeMap<>();
    private Counters counters;
    private long assigned;
    private long offered;
    private final Map<String, Long> unassigned = new TreeMap<>();
    private long human;
    private long unchanged;

    DecideRound(
            LongSupplier opensRound,
            PartnerSnapshots.Snapshot snapshot,
            Counters counters,
            Instant now,
            CrmState crm,
            DecisionLedger ours,
            Map<RecordId, Prospect> prospects,
            List<ClaimSource.Claims> claims) {
        this.prospects = prospects;
        this.claims = claims;
        this.ours = ours;
        this.opensRound = opensRound;
        this.snapshot = snapshot;
        this.counters = counters;
        this.now = now;
        this.crm = crm;
    }

    /**
     * Looks at one lead and decides it if it is ours to decide.
     *
     * @param stored where it stands, null where only its decision says so
     * @param override told where a person chose otherwise than the current decision: the partner (or null) and why
     */
    void consider(
            Versioned<Lead> version,
            @Nullable StoredDecision current,
            @Nullable LeadLife stored,
            BiConsumer<@Nullable RecordId, String> override) {
        Lead lead = version.fact();
        RecordId shown = lead.assignedPartner();
        if (current == null) {
            if (!lead.open() || lead.converted()) {
                unchanged++;
            } else if (shown != null) {
                human++; // somebody assigned it before us
            } else {
                decide(version, LeadLife.of(lead.id()), null, null);
            }
            return;
        }
        LeadLife life = stored == null ? LeadLives.derived(current) : stored;
        if (chosenByAPerson(lead, shown, current)) {
            String why = words(current, shown) + lead.id().connection();
            override.accept(shown, why);
            move(life, new LeadEvent.ChangedByHand(shown), shown, why, null);
            human++;
        } else if (!lead.open() || lead.converted()) {
            end(current, life, lead.converted() ? LeadState.End.CONVERTED : LeadState.End.CLOSED, "");
        } else if (life.state() instanceof LeadState.Ended) {
            LeadLife reopened = move(life, new LeadEvent.Reopened(), current.partner(), "", current.id());
            if (reopened == null) {
                unchanged++;
            } else {
                decide(version, reopened, current, reopened);
            }
        } else if (life.state() instanceof LeadState.Waiting waiting
                && (waiting.deciding() || !PERSONS.contains(waiting.reason()))) {
            decide(version, life, current, stored);
        } else {
            unchanged++;
        }
    }

    /**
     * A lead that is no longer in the CRM.
     *
     * @param into the lead that it was merged into, null where it was deleted
     */
    void gone(@Nullable StoredDecision current, @Nullable LeadLife stored, @Nullable RecordId into) {
        if (current != null) {
            LeadLife life = stored == null ? LeadLives.derived(current) : stored;
            if (into == null) {
                end(current, life, LeadState.End.DELETED, "");
            } else {
                end(current, life, LeadState.End.MERGED, "into lead " + into);
            }
        }
    }

    private void end(StoredDecision current, LeadLife life, LeadState.End how, String why) {
        move(life, new LeadEvent.Ended(how), current.partner(), why, current.id());
        unchanged++;
    }

    private static String words(StoredDecision current, @Nullable RecordId shown) {
        if (shown == null) {
            return "a person took the partner out in ";
        }
        return switch (current.outcome()) {
            case "assigned", "claimed" -> "a person chose another partner in ";
            case "overridden" -> "a person chose again in ";
            default -> "a person chose a partner in ";
        };
    }

    private boolean chosenByAPerson(Lead lead, @Nullable RecordId shown, StoredDecision current) {
        if (shown == null) { // empty beside our own decision: it was there, and somebody took it out
            boolean given =
                    current.outcome().equals("assigned") || current.outcome().equals("claimed");
            return given && current.id().equals(lead.assignedDecision());
        }
        return !shown.equals(current.partner()) && !ourEarlierWrite(lead, shown, current);
    }

    /** Moves a life on by one event, with its entry in the history; null where the event changes nothing. */
    private @Nullable LeadLife move(
            LeadLife life, LeadEvent event, @Nullable RecordId partner, String why, @Nullable String decision) {
        if (!(LeadLifeCycle.apply(life, event, snapshot.policy().life(), now) instanceof LifeStep.Moved moved)) {
            return null;
        }
        part.lives.put(life.lead(), moved.life());
        String what = event instanceof LeadEvent.Ended ended
                ? ended.how().name().toLowerCase(Locale.ROOT)
                : event instanceof LeadEvent.Reopened ? "reopened" : "changed-by-hand";
        part.notes.add(
                new LeadNote(life.lead(), moved.life().version(), null, what, partner, "CRM", why, decision, null));
        return moved.life();
    }

    /**
     * A person changes the partner alone: the decision beside it is then still ours, but gave the lead to another. What a
     * person chose and then gave back stands in the CRM until our next write.
     */
    private boolean ourEarlierWrite(Lead lead, RecordId shown, StoredDecision current) {
        String by = lead.assignedDecision();
        boolean ourWrite = by != null && !by.equals(current.id()) && ours.assigned(by, lead.id(), shown);
        return ourWrite || ours.handedBackSince(lead.id(), lead.modifiedAt());
    }

    private void decide(
            Versioned<Lead> version, LeadLife life, @Nullable StoredDecision earlier, @Nullable LeadLife stored) {
        Lead lead = version.fact();
        PartnerSnapshots.View view = snapshot.of(lead.id().connection());
        LeadFacts facts = facts(version, life);
        Decision decision = AssignLead.decide(view.policy(), facts, view.candidates(), counters, now);
        if (decision instanceof Decision.Unassigned none
                && earlier != null
                && earlier.outcome().equals("unassigned")
                && earlier.reason().equals(none.reason())) {
            unchanged++; // still nobody, for the same reason: no news
            return;
        }
        store(facts, view, decision, earlier);
        live(life, decision, stored);
        replaced |= earlier != null && earlier.partner() != null;
        Counters next = counters.after(decision, now);
        decision.rotation()
                .ifPresent(change ->
                        changedRotations.put(change.name(), next.rotations().get(change.name())));
        counters = next;
    }

    /** Keeps a life of its own where the decision alone does not say how the lead stands. */
    private void live(LeadLife life, Decision decision, @Nullable LeadLife stored) {
        LeadLife asked = new LeadLife(
                life.lead(),
                life.version(),
                new LeadState.Waiting("deciding", true),
                life.attempt(),
                life.tries(),
                life.declined());
        LifeStep step = LeadLifeCycle.apply(
                asked,
                new LeadEvent.Decided(decision, life.attempt()),
                snapshot.policy().life(),
                now);
        if (step instanceof LifeStep.Moved moved
                && (stored != null
                        || moved.life().state().timer().isPresent()
                        || decision instanceof Decision.Offered)) {
            part.lives.put(life.lead(), moved.life());
        }
    }

    private LeadFacts facts(Versioned<Lead> version, LeadLife life) {
        Lead lead = version.fact();
        Prospect prospect = prospects.get(lead.id());
        if (prospect == null) {
            return new LeadFacts(lead, version.seq(), null, List.of(), life.declined(), life.attempt());
        }
        List<NamedClaim> held =
                claims.stream().flatMap(source -> source.of(prospect).stream()).toList();
        return new LeadFacts(
                lead, version.seq(), prospect.customer(), prospect.match(), held, life.declined(), life.attempt());
    }

    private void store(
            LeadFacts facts, PartnerSnapshots.View view, Decision decision, @Nullable StoredDecision earlier) {
        int number = earlier == null ? 1 : earlier.version() + 1;
        Lead lead = facts.lead();
        String id = lead.id().id() + "-" + number;
        String outcome;
        RecordId partner = null;
        String reason;
        if (decision instanceof Decision.Assigned to) {
            outcome = "assigned";
            partner = to.partner();
            reason = to.rule();
            assigned++;
            part.writes.addAll(crm.with(
                    lead,
                    to.partner(),
                    to.receipt().shortText(),
                    standing(view, to.partner()).score(),
                    now,
                    id));
            Prospect prospect = prospects.get(lead.id());
            if (prospect != null) {
                claims.forEach(source -> source.given(prospect, to.partner()));
            }
        } else if (decision instanceof Decision.Offered to) {
            outcome = "offered";
            reason = to.rule();
            offered++;
            part.writes.addAll(crm.withNobody(lead, to.receipt().shortText(), id, null));
        } else if (decision instanceof Decision.Unassigned none) {
            outcome = "unassigned";
            reason = none.reason();
            unassigned.merge(reason, 1L, Long::sum);
            if (earlier != null && !earlier.outcome().equals("unassigned")) { // the CRM still shows what was before
                part.writes.addAll(crm.withNobody(lead, none.receipt().shortText(), id, null));
            }
        } else {
            throw new IllegalStateException("unknown decision " + decision.getClass());
        }
        if (made == 0) {
            round = opensRound.getAsLong();
        }
        part.decisions.add(new StoredDecision(
                id,
                round,
                lead.id(),
                number,
                outcome,
                partner,
                reason,
                decision.receipt().shortText(),
                snapshot.policy().version(),
                partner == null ? null : standing(view, partner).version(),
                snapshot.sequence(),
                decision.receipt().propensity().orElse(null),
                now,
                lead.company(),
                DecisionInputs.of(facts, made++, decision).json(),
                decision.receipt().json()));
    }

    private static Standing standing(PartnerSnapshots.View view, RecordId partner) {
        return view.candidates().standing(view.policy().index().ordinal(partner).orElseThrow());
    }

    /** What came up since the last call, to be stored in the round's transaction. */
    Part drain() {
        Part drained = part;
        part = new Part();
        return drained;
    }

    /** Whether a partner lost a lead to another: its load is then less than the counters say. */
    boolean replaced() {
        return replaced;
    }

    /** How many decisions wait to be drained. */
    int undrained() {
        return part.decisions.size();
    }

    /** Part of what a round leaves behind. */
    static final class Part {
        private final List<StoredDecision> decisions = new ArrayList<>();
        private final List<OutboxEntry> writes = new ArrayList<>();
        private final List<LeadNote> notes = new ArrayList<>();
        /** The last one of a lead is the one that counts. */
        private final Map<RecordId, LeadLife> lives = new LinkedHashMap<>();

        List<StoredDecision> decisions() {
            return decisions;
        }

        List<OutboxEntry> writes() {
            return writes;
        }

        List<LeadNote> notes() {
            return notes;
        }

        Collection<LeadLife> lives() {
            return lives.values();
        }
    }

    Map<String, Rotation> changedRotations() {
        return changedRotations;
    }

    /** The counters after the round. */
    Counters counters() {
        return counters;
    }

    AssignResult result() {
        return new AssignResult(assigned, offered, unassigned, human, unchanged);
    }
}
