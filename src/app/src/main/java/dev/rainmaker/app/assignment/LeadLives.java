package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.LeadQueue;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.ledger.LifeLedger.LeadNote;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.RotationLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.ClaimLead;
import dev.rainmaker.assignment.Load;
import dev.rainmaker.assignment.Offer;
import dev.rainmaker.assignment.life.LeadEvent;
import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.assignment.life.LeadLifeCycle;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.assignment.life.LifeStep;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens to leads after they were decided: acceptance, refusal, claim, deadline, a partner that leaves. Each event is
 * one transaction under the lock that decisions take too: the new state, its entry in the history, the decision that notes
 * it and the outbox entry that shows it in the CRM. Time is the database's.
 */
public final class LeadLives {

    private static final int DUE = 200;

    private final Ledger ledger;
    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final OutboxLedger outbox;
    private final LifeLedger lives;
    private final LeadQueue queue;
    private final RotationLedger rotations;
    private final Supplier<AssignmentPolicy> policy;
    private final CrmState crm;

    /** @param leadStream the stream that takes assignments, by connection; null where a connection takes none */
    public LeadLives(
            Ledger ledger,
            FactLedger facts,
            DecisionLedger decisions,
            OutboxLedger outbox,
            Supplier<AssignmentPolicy> policy,
            Function<String, @Nullable String> leadStream) {
        this.ledger = ledger;
        this.facts = facts;
        this.decisions = decisions;
        this.outbox = outbox;
        this.lives = new LifeLedger(ledger);
        this.queue = new LeadQueue(ledger);
        this.rotations = new RotationLedger(ledger);
        this.policy = policy;
        this.crm = new CrmState(leadStream);
    }

    /** What became of an event. */
    public sealed interface Answer {

        /** The lead moved on. */
        record Done(LeadLife life) implements Answer {}

        /** A repetition: the lead stands as the caller wants it. */
        record Unchanged(LeadLife life) implements Answer {}

        /** @param reason code, such as {@code not-yours}, {@code deadline-passed}, {@code already-claimed} */
        record Refused(String reason) implements Answer {}
    }

    /**
     * Who asks for something, and why.
     *
     * @param who a token's or person's name
     * @param why the caller's own words, may be empty
     * @param key makes a repetition known, null for none
     */
    public record Request(String who, String why, @Nullable String key) {}

    public Answer accept(RecordId lead, RecordId partner, Request request) {
        return event(lead, request, situation -> new LeadEvent.Accepted(partner), partner);
    }

    public Answer decline(RecordId lead, RecordId partner, Request request) {
        return event(lead, request, situation -> new LeadEvent.Declined(partner, request.why()), partner);
    }

    /** Says that the partner worked on a lead it claimed. */
    public Answer followUp(RecordId lead, RecordId partner, Request request) {
        return event(lead, request, situation -> new LeadEvent.FollowedUp(partner), partner);
    }

    /** Gives an accepted lead back to the policy. */
    public Answer recycle(RecordId lead, Request request) {
        return event(lead, request, situation -> new LeadEvent.Recycled(request.why()), null);
    }

    /** Gives a lead that a person had assigned back to the policy. */
    public Answer handBack(RecordId lead, Request request) {
        return event(lead, request, situation -> new LeadEvent.HandedBack(), null);
    }

    /** Claims an offered lead: of several claims, at whatever instance, the first valid one gets it. */
    public Answer claim(RecordId lead, RecordId partner, Request request) {
        return event(lead, request, situation -> claimed(situation, partner), partner);
    }

    /** Where a lead stands, by its current decision and its life. */
    public LeadLife standing(StoredDecision current) {
        return lives.find(current.lead()).orElseGet(() -> derived(current));
    }

    /** A lead with its decision and its life, read under the lock. */
    private record Situation(Lead lead, StoredDecision decision, LeadLife life, Instant now) {}

    /** An event, or the reason why there is none. */
    private record NoEvent(String reason) {}

    private Object claimed(Situation situation, RecordId partner) {
        if (!(situation.life().state() instanceof LeadState.Offered offered)) {
            RecordId holder = situation.life().state().holder().orElse(null);
            return partner.equals(holder)
                    ? new LeadEvent.Claimed(partner, null)
                    : new NoEvent(holder == null ? "not-offered" : "already-claimed");
        }
        Offer offer = offered.offer();
        Partner fact = facts.find(FactKind.PARTNER, partner, Partner.class).orElse(null);
        if (fact == null || !fact.active()) {
            return new NoEvent("not-offered");
        }
        Load load =
                rotations.counters(situation.now(), policy.get().zone()).loads().getOrDefault(partner, Load.NONE);
        int claims = decisions.claims(
                partner,
                offer.terms().claimWindow().start(situation.now(), policy.get().zone()));
        ClaimLead.Claim claim =
                ClaimLead.decide(offer, partner, null, claims, load, fact.maxOpenLeads(), situation.now());
        return claim instanceof ClaimLead.Claim.Granted granted
                ? new LeadEvent.Claimed(partner, granted.followUpBy())
                : new NoEvent(((ClaimLead.Claim.Refused) claim).reason());
    }

    private Answer event(
            RecordId lead, Request request, Function<Situation, Object> asked, @Nullable RecordId partner) {
        return ledger.transaction(() -> {
            rotations.lock();
            Situation situation = situation(lead);
            if (situation == null) {
                return new Answer.Refused("not-known");
            }
            String key = request.key();
            if (key != null && lives.knows(lead, request.who(), key)) {
                return new Answer.Unchanged(situation.life());
            }
            Object event = asked.apply(situation);
            return event instanceof LeadEvent given
                    ? apply(situation, given, request, partner)
                    : new Answer.Refused(((NoEvent) event).reason());
        });
    }

    private @Nullable Situation situation(RecordId lead) {
        Lead fact = facts.find(FactKind.LEAD, lead, Lead.class).orElse(null);
        StoredDecision decision =
                decisions.current(lead.connection(), List.of(lead.id())).get(lead);
        if (fact == null || decision == null) {
            return null;
        }
        LeadLife life = lives.find(lead).orElseGet(() -> derived(decision));
        return new Situation(fact, decision, life, ledger.now());
    }

    /** Where a lead stands that has no life of its own: as its current decision says. */
    static LeadLife derived(StoredDecision decision) {
        RecordId partner = decision.partner();
        LeadState state = switch (decision.outcome()) {
            case "assigned", "claimed" -> new LeadState.Accepted(Objects.requireNonNull(partner), null);
            case "overridden" -> new LeadState.ByHand(partner);
            default -> new LeadState.Waiting(decision.reason(), false);
        };
        int attempt = DecisionInputs.read(decision.inputs()).attempt();
        return new LeadLife(decision.lead(), decision.version(), state, attempt, attempt, Set.of());
    }

    private Answer apply(Situation situation, LeadEvent event, Request request, @Nullable RecordId partner) {
        LifeStep step =
                LeadLifeCycle.apply(situation.life(), event, policy.get().life(), situation.now());
        if (step instanceof LifeStep.Refused refused) {
            return new Answer.Refused(refused.reason());
        }
        if (!(step instanceof LifeStep.Moved moved)) {
            return new Answer.Unchanged(situation.life());
        }
        String what = what(event, moved);
        String decision = carryOut(situation, moved, event, what, request.why());
        lives.store(List.of(moved.life()));
        lives.note(List.of(new LeadNote(
                situation.lead().id(),
                moved.life().version(),
                null,
                what,
                partner == null ? situation.life().state().holder().orElse(null) : partner,
                request.who(),
                request.why(),
                decision,
                request.key())));
        rotations.changed();
        return new Answer.Done(moved.life());
    }

    /** The word for what happened, as the history keeps it. */
    private static String what(LeadEvent event, LifeStep.Moved moved) {
        if (event instanceof LeadEvent.TimerFired) {
            return moved.effects().stream().anyMatch(LifeStep.Effect.Remind.class::isInstance)
                    ? "reminded"
                    : moved.life().state() instanceof LeadState.Waiting waiting ? waiting.reason() : "timer";
        }
        String name = event.getClass().getSimpleName();
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    /** Does what the step asks for; returns the decision that stands now. */
    private String carryOut(Situation before, LifeStep.Moved moved, LeadEvent event, String what, String why) {
        RecordId lead = before.lead().id();
        LeadState now = moved.life().state();
        if (event instanceof LeadEvent.Claimed claimed) {
            String summary = name(claimed.by()) + ": claimed the lead that rule \""
                    + before.decision().reason() + "\" offered" + until(now);
            String id = decisions.follow(
                    lead, "claimed", claimed.by(), before.decision().reason(), summary, before.now());
            outbox.add(crm.with(before.lead(), claimed.by(), summary, null, before.now(), id));
            return id;
        }
        if (now instanceof LeadState.Waiting waiting) {
            String id = before.decision().id();
            if (!(before.life().state() instanceof LeadState.Waiting)) {
                String summary = withdrawn(before, waiting, what, why);
                id = decisions.follow(lead, "withdrawn", null, waiting.reason(), summary, before.now());
                outbox.add(crm.withNobody(before.lead(), summary, id, mayLose(before, event)));
            }
            if (waiting.deciding()) {
                queue.add(lead);
            }
            return id;
        }
        if (now instanceof LeadState.Pending pending && what.equals("reminded")) {
            showReason(before, "Reminder: to be accepted by " + pending.acceptBy() + ". ");
        } else if (now instanceof LeadState.Accepted && event instanceof LeadEvent.Accepted) {
            showReason(before, "Accepted. ");
        }
        return before.decision().id();
    }

    /** A person's choice in the CRM is lost only where the person gives the lead back. */
    private static @Nullable RecordId mayLose(Situation before, LeadEvent event) {
        RecordId shown = before.lead().assignedPartner();
        boolean ours =
                shown != null && shown.equals(before.life().state().holder().orElse(null));
        return ours || event instanceof LeadEvent.HandedBack ? shown : null;
    }

    private String withdrawn(Situation before, LeadState.Waiting waiting, String what, String why) {
        String from = before.life().state().holder().map(this::name).orElse("the offer");
        String next = waiting.deciding() ? "assigned anew" : "a person must look (" + waiting.reason() + ")";
        String words = why.isBlank() ? "" : ", \"" + why + "\"";
        return "Withdrawn from " + from + ": " + what + words + "; " + next;
    }

    private void showReason(Situation before, String prefix) {
        RecordId partner = before.life().state().holder().orElseThrow();
        Map<String, @Nullable Object> last = outbox.latestFields(
                        "assignment", List.of(before.lead().id()))
                .getOrDefault(before.lead().id(), Map.of());
        Object score = last.get("plvScore");
        outbox.add(crm.with(
                before.lead(),
                partner,
                prefix + before.decision().summary(),
                score == null ? null : new java.math.BigDecimal(score.toString()),
                before.decision().decidedAt(),
                before.decision().id()));
    }

    private static String until(LeadState state) {
        return state instanceof LeadState.Accepted accepted && accepted.followUpBy() != null
                ? "; to be followed up by " + accepted.followUpBy()
                : "";
    }

    private String name(RecordId partner) {
        return facts.find(FactKind.PARTNER, partner, Partner.class)
                .map(Partner::name)
                .orElse(partner.toString());
    }

    /**
     * Fires every reminder, deadline and end of an offer that is due, each in a transaction of its own. Harmless to run
     * twice or on several instances.
     *
     * @return how many leads moved on
     */
    public int fireDue() {
        int moved = 0;
        List<RecordId> due = lives.due(DUE);
        while (!due.isEmpty()) {
            int before = moved;
            for (RecordId lead : due) {
                Answer answer =
                        event(lead, new Request("timer", "", null), situation -> new LeadEvent.TimerFired(), null);
                if (answer instanceof Answer.Done) {
                    moved++;
                }
            }
            due = moved == before ? List.of() : lives.due(DUE);
        }
        return moved;
    }

    /** Handles the leads of partners that are no longer active by the policy's rule; returns how many moved on. */
    public int partnersLeft() {
        int moved = 0;
        for (Map.Entry<RecordId, RecordId> held : decisions.heldByInactive().entrySet()) {
            moved += left(held.getKey(), held.getValue());
        }
        for (LeadLife life : lives.offered(Integer.MAX_VALUE)) {
            for (RecordId partner : ((LeadState.Offered) life.state()).offer().partners()) {
                boolean active = facts.find(FactKind.PARTNER, partner, Partner.class)
                        .map(Partner::active)
                        .orElse(false);
                moved += active ? 0 : left(life.lead(), partner);
            }
        }
        return moved;
    }

    private int left(RecordId lead, RecordId partner) {
        Request request = new Request("partner follow-up", "the partner is no longer active", null);
        return event(lead, request, situation -> new LeadEvent.PartnerLeft(partner), partner) instanceof Answer.Done
                ? 1
                : 0;
    }
}
