package dev.rainmaker.assignment.life;

import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.LifeRules;
import dev.rainmaker.assignment.Offer;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The state machine of a lead after assignment: a pure function from life, event and instant to what follows. */
public final class LeadLifeCycle {

    private static final LifeStep UNCHANGED = new LifeStep.Unchanged();

    private final LeadLife life;
    private final LifeRules rules;
    private final Instant now;
    private final List<LifeStep.Effect> effects = new ArrayList<>();

    private LeadLifeCycle(LeadLife life, LifeRules rules, Instant now) {
        this.life = life;
        this.rules = rules;
        this.now = now;
    }

    /** Applies one event. */
    public static LifeStep apply(LeadLife life, LeadEvent event, LifeRules rules, Instant now) {
        return new LeadLifeCycle(life, rules, now).apply(event);
    }

    private LifeStep apply(LeadEvent event) {
        if (life.state() instanceof LeadState.Ended ended && !(event instanceof LeadEvent.Reopened)) {
            return afterEnd(ended, event);
        }
        if (event instanceof LeadEvent.Decided decided) {
            return decided(decided);
        }
        if (event instanceof LeadEvent.Accepted accepted) {
            return accepted(accepted.by());
        }
        if (event instanceof LeadEvent.Declined declined) {
            return declined(declined.by());
        }
        if (event instanceof LeadEvent.Claimed claimed) {
            return claimed(claimed);
        }
        if (event instanceof LeadEvent.FollowedUp followed) {
            return followedUp(followed.by());
        }
        if (event instanceof LeadEvent.TimerFired) {
            return timer();
        }
        if (event instanceof LeadEvent.ChangedByHand changed) {
            return byHand(changed);
        }
        if (event instanceof LeadEvent.Ended ended) {
            return ended(ended.how());
        }
        if (event instanceof LeadEvent.PartnerLeft left) {
            return left(left.partner());
        }
        return backToPolicy(event);
    }

    private static LifeStep afterEnd(LeadState.Ended ended, LeadEvent event) {
        boolean repeated = event instanceof LeadEvent.Ended again && again.how() == ended.how();
        boolean harmless = event instanceof LeadEvent.TimerFired
                || event instanceof LeadEvent.PartnerLeft
                || event instanceof LeadEvent.ChangedByHand;
        return repeated || harmless ? UNCHANGED : new LifeStep.Refused("lead-ended");
    }

    private LifeStep decided(LeadEvent.Decided event) {
        if (life.state() instanceof LeadState.ByHand) {
            return new LifeStep.Refused("held-by-a-person");
        }
        if (!life.deciding() || event.attempt() != life.attempt()) {
            return new LifeStep.Refused("decision-out-of-date");
        }
        Decision decision = event.decision();
        if (decision instanceof Decision.Assigned assigned) {
            if (life.declined().contains(assigned.partner()) && !rules.forgiving()) {
                effects.add(new LifeStep.Effect.Alert("assigned-to-a-decliner-by-policy"));
            }
            effects.add(new LifeStep.Effect.Charge(assigned.partner()));
            effects.add(new LifeStep.Effect.Write(assigned.partner()));
            return to(
                    assigned.acceptBy() == null
                            ? new LeadState.Accepted(assigned.partner(), null)
                            : new LeadState.Pending(assigned.partner(), assigned.acceptBy(), assigned.remindAt()));
        }
        if (decision instanceof Decision.Offered offered) {
            return to(new LeadState.Offered(offered.offer()));
        }
        String reason = ((Decision.Unassigned) decision).reason();
        effects.add(new LifeStep.Effect.Alert(reason));
        return to(new LeadState.Waiting(reason, false));
    }

    private LifeStep accepted(RecordId by) {
        if (life.state() instanceof LeadState.Accepted accepted) {
            return accepted.partner().equals(by) ? UNCHANGED : new LifeStep.Refused("not-yours");
        }
        if (!(life.state() instanceof LeadState.Pending pending)
                || !pending.partner().equals(by)) {
            return new LifeStep.Refused("not-yours");
        }
        if (!now.isBefore(pending.acceptBy())) {
            return new LifeStep.Refused("deadline-passed");
        }
        return to(new LeadState.Accepted(by, null));
    }

    private LifeStep declined(RecordId by) {
        if (life.state() instanceof LeadState.Offered offered) {
            return offered.offer().partners().contains(by) ? withoutPartner(offered.offer(), by) : notYours(by);
        }
        boolean holds = (life.state() instanceof LeadState.Pending || life.state() instanceof LeadState.Accepted)
                && life.state().holder().filter(by::equals).isPresent();
        return holds ? pullBack(by, "declined") : notYours(by);
    }

    private LifeStep notYours(RecordId by) {
        return life.declined().contains(by) ? UNCHANGED : new LifeStep.Refused("not-yours");
    }

    private LifeStep claimed(LeadEvent.Claimed event) {
        if (life.state() instanceof LeadState.Accepted accepted
                && accepted.partner().equals(event.by())) {
            return UNCHANGED;
        }
        if (!(life.state() instanceof LeadState.Offered offered)
                || !offered.offer().partners().contains(event.by())) {
            return new LifeStep.Refused("not-offered");
        }
        Instant closes = offered.offer().closesAt();
        if (closes != null && !now.isBefore(closes)) {
            return new LifeStep.Refused("offer-closed");
        }
        effects.add(new LifeStep.Effect.Charge(event.by()));
        effects.add(new LifeStep.Effect.Write(event.by()));
        return to(new LeadState.Accepted(event.by(), event.followUpBy()));
    }

    private LifeStep followedUp(RecordId by) {
        if (life.state() instanceof LeadState.Accepted accepted
                && accepted.partner().equals(by)) {
            return accepted.followUpBy() == null ? UNCHANGED : to(new LeadState.Accepted(by, null));
        }
        return new LifeStep.Refused("not-yours");
    }

    private LifeStep timer() {
        boolean due = life.state().timer().filter(at -> !now.isBefore(at)).isPresent();
        if (!due) {
            return UNCHANGED;
        }
        if (life.state() instanceof LeadState.Pending pending) {
            if (!now.isBefore(pending.acceptBy())) {
                return pullBack(pending.partner(), "deadline-passed");
            }
            effects.add(new LifeStep.Effect.Remind(pending.partner()));
            return to(new LeadState.Pending(pending.partner(), pending.acceptBy(), null));
        }
        if (life.state() instanceof LeadState.Accepted accepted) {
            return pullBack(accepted.partner(), "not-followed-up");
        }
        LeadState.Offered offered = (LeadState.Offered) life.state();
        return again("offer-lapsed", offered.offer().partners());
    }

    private LifeStep byHand(LeadEvent.ChangedByHand event) {
        RecordId holder = life.state().holder().orElse(null);
        boolean ourOwn = Objects.equals(holder, event.partner());
        boolean nothingToUndo = holder == null && event.partner() == null;
        if (ourOwn && (holder != null || nothingToUndo)) {
            return UNCHANGED;
        }
        if (holder != null) {
            effects.add(new LifeStep.Effect.Release(holder));
        }
        if (event.partner() != null) {
            effects.add(new LifeStep.Effect.Charge(event.partner()));
        }
        if (!(life.state() instanceof LeadState.ByHand)) {
            effects.add(new LifeStep.Effect.Supersede());
        }
        return to(new LeadState.ByHand(event.partner()));
    }

    private LifeStep ended(LeadState.End how) {
        RecordId holder = life.state().holder().orElse(null);
        if (holder != null) {
            effects.add(new LifeStep.Effect.Release(holder));
        }
        return to(new LeadState.Ended(how, holder));
    }

    private LifeStep left(RecordId partner) {
        if (life.state() instanceof LeadState.Offered offered
                && offered.offer().partners().contains(partner)) {
            return withoutPartner(offered.offer(), partner);
        }
        if (life.state().holder().filter(partner::equals).isEmpty()) {
            return UNCHANGED;
        }
        if (life.state() instanceof LeadState.ByHand) {
            effects.add(new LifeStep.Effect.Alert("partner-of-a-person-left"));
            return to(life.state());
        }
        boolean accepted = life.state() instanceof LeadState.Accepted;
        if (rules.leaving() == LifeRules.Leaving.KEEP_ACCEPTED && accepted) {
            return UNCHANGED;
        }
        if (rules.leaving() == LifeRules.Leaving.TO_A_PERSON) {
            giveUp(partner);
            effects.add(new LifeStep.Effect.Alert("partner-left"));
            return to(new LeadState.Waiting("partner-left", false));
        }
        return pullBack(partner, "partner-left");
    }

    private LifeStep backToPolicy(LeadEvent event) {
        if (event instanceof LeadEvent.Reopened) {
            boolean closed = life.state() instanceof LeadState.Ended ended
                    && (ended.how() == LeadState.End.CLOSED || ended.how() == LeadState.End.CONVERTED);
            return closed ? anew("reopened") : new LifeStep.Refused("not-closed");
        }
        if (event instanceof LeadEvent.HandedBack) {
            if (!(life.state() instanceof LeadState.ByHand byHand)) {
                return new LifeStep.Refused("not-held-by-a-person");
            }
            if (byHand.partner() != null) {
                giveUp(byHand.partner());
            }
            return anew("handed-back");
        }
        if (life.state() instanceof LeadState.Accepted accepted) {
            giveUp(accepted.partner());
            return anew("recycled");
        }
        return life.state() instanceof LeadState.Waiting ? anew("recycled") : new LifeStep.Refused("not-to-recycle");
    }

    private LifeStep withoutPartner(Offer offer, RecordId partner) {
        Offer smaller = offer.without(partner);
        if (smaller.partners().isEmpty()) {
            return again("all-declined", List.of(partner));
        }
        return to(new LeadState.Offered(smaller), declinedAnd(List.of(partner)), life.attempt(), life.tries());
    }

    private LifeStep pullBack(RecordId partner, String why) {
        giveUp(partner);
        return again(why, List.of(partner));
    }

    private void giveUp(RecordId partner) {
        effects.add(new LifeStep.Effect.Release(partner));
        effects.add(new LifeStep.Effect.Clear(partner));
    }

    /** Asks for a new decision, or for a person once there were enough. */
    private LifeStep again(String why, List<RecordId> lapsed) {
        if (life.tries() + 1 >= rules.maxAttempts()) {
            effects.add(new LifeStep.Effect.Alert("attempts-exhausted"));
            return to(
                    new LeadState.Waiting("attempts-exhausted", false),
                    declinedAnd(lapsed),
                    life.attempt(),
                    life.tries());
        }
        effects.add(new LifeStep.Effect.Decide());
        return to(new LeadState.Waiting(why, true), declinedAnd(lapsed), life.attempt() + 1, life.tries() + 1);
    }

    /** A fresh start: tries count from the beginning, the seed is new all the same. */
    private LifeStep anew(String why) {
        effects.add(new LifeStep.Effect.Decide());
        Set<RecordId> declined = rules.forgiving() ? Set.of() : life.declined();
        return to(new LeadState.Waiting(why, true), declined, life.attempt() + 1, 0);
    }

    private Set<RecordId> declinedAnd(List<RecordId> lapsed) {
        Set<RecordId> declined = new TreeSet<>(life.declined());
        declined.addAll(lapsed);
        return declined;
    }

    private LifeStep to(LeadState state) {
        return to(state, life.declined(), life.attempt(), life.tries());
    }

    private LifeStep to(LeadState state, Set<RecordId> declined, int attempt, int tries) {
        return new LifeStep.Moved(
                new LeadLife(life.lead(), life.version() + 1, state, attempt, tries, declined), effects);
    }
}
