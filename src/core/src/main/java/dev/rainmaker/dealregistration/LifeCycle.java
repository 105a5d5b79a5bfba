package dev.rainmaker.dealregistration;

import dev.rainmaker.dealregistration.Move.LockChange;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The life of a registration: a pure function from where it stands, a step and an instant to what follows. */
public final class LifeCycle {

    private static final LockChange UNTOUCHED = new LockChange.None();
    private static final LockChange END = new LockChange.End();

    private static final Set<RegistrationState> OPEN = Set.of(
            RegistrationState.DRAFT,
            RegistrationState.SUBMITTED,
            RegistrationState.UNDER_REVIEW,
            RegistrationState.NEEDS_INFORMATION,
            RegistrationState.APPROVED,
            RegistrationState.EXTENDED);

    private static final Map<Class<? extends Step>, Set<RegistrationState>> FROM = Map.ofEntries(
            Map.entry(Step.Submit.class, Set.of(RegistrationState.DRAFT, RegistrationState.NEEDS_INFORMATION)),
            Map.entry(Step.Review.class, Set.of(RegistrationState.SUBMITTED)),
            Map.entry(Step.Ask.class, Set.of(RegistrationState.SUBMITTED, RegistrationState.UNDER_REVIEW)),
            Map.entry(
                    Step.Approve.class,
                    Set.of(
                            RegistrationState.SUBMITTED,
                            RegistrationState.UNDER_REVIEW,
                            RegistrationState.NEEDS_INFORMATION)),
            Map.entry(
                    Step.Reject.class,
                    Set.of(
                            RegistrationState.SUBMITTED,
                            RegistrationState.UNDER_REVIEW,
                            RegistrationState.NEEDS_INFORMATION)),
            Map.entry(Step.Extend.class, Set.of(RegistrationState.APPROVED, RegistrationState.EXTENDED)),
            Map.entry(Step.Win.class, Set.of(RegistrationState.APPROVED, RegistrationState.EXTENDED)),
            Map.entry(Step.Lose.class, Set.of(RegistrationState.APPROVED, RegistrationState.EXTENDED)),
            Map.entry(Step.Expire.class, Set.of(RegistrationState.APPROVED, RegistrationState.EXTENDED)),
            Map.entry(Step.Release.class, Set.of(RegistrationState.APPROVED, RegistrationState.EXTENDED)),
            Map.entry(Step.Recall.class, Set.of(RegistrationState.APPROVED, RegistrationState.EXTENDED)),
            Map.entry(Step.Merge.class, OPEN),
            Map.entry(Step.HandOver.class, OPEN),
            Map.entry(Step.Withdraw.class, OPEN));

    private LifeCycle() {}

    /**
     * Applies a step.
     *
     * @param now the instant of the ledger's database
     */
    public static Move apply(Registration held, Step step, DealPolicy policy, Instant now) {
        if (step instanceof Step.Note) {
            return new Move.Moved(held.noted(step.why()), UNTOUCHED);
        }
        if (!FROM.getOrDefault(step.getClass(), Set.of()).contains(held.state())) {
            return new Move.Refused(held.number() + " is " + held.state().word() + ": it is too late, or too early, to "
                    + step.word() + " it");
        }
        Instant until = held.lockUntil();
        boolean over = held.state().holdsLock() && until != null && !now.isBefore(until);
        if (step instanceof Step.Expire) {
            return over
                    ? moved(held, RegistrationState.EXPIRED, step, END)
                    : new Move.Refused(held.number() + " is protected until " + until + ": it has not expired");
        }
        if (over && !(step instanceof Step.Win || step instanceof Step.Lose)) {
            return new Move.Refused(held.number() + " expired on " + until);
        }
        if (step instanceof Step.Submit) {
            return new Move.Moved(
                    held.next(RegistrationState.SUBMITTED, step.why()).submitted(now, policy.reviewBy(now)), UNTOUCHED);
        }
        if (step instanceof Step.Approve) {
            Instant end = policy.protectedUntil(now);
            return new Move.Moved(
                    held.next(RegistrationState.APPROVED, step.why()).lockedUntil(end, 0), new LockChange.Take(end));
        }
        if (step instanceof Step.Extend extend) {
            return extend(held, extend, policy);
        }
        if (step instanceof Step.Recall) {
            return new Move.Moved(
                    held.next(RegistrationState.UNDER_REVIEW, step.why()).submitted(now, policy.reviewBy(now)), END);
        }
        if (step instanceof Step.Merge merge) {
            Registration after =
                    held.next(held.state(), held.reason()).claiming(held.claim(), merge.customer(), held.scope());
            return new Move.Moved(after, regranted(after));
        }
        if (step instanceof Step.HandOver given) {
            Registration after = held.next(held.state(), held.reason()).heldBy(given.partner());
            return new Move.Moved(after, regranted(after));
        }
        if (step instanceof Step.Reject reject) {
            Registration after = held.next(RegistrationState.REJECTED, step.why());
            return new Move.Moved(reject.blocked() ? after.nextInLine() : after, UNTOUCHED);
        }
        return moved(held, target(step), step, held.state().holdsLock() ? END : UNTOUCHED);
    }

    private static LockChange regranted(Registration after) {
        return after.state().holdsLock() ? new LockChange.Regrant(after.customer(), after.partner()) : UNTOUCHED;
    }

    private static RegistrationState target(Step step) {
        if (step instanceof Step.Review) {
            return RegistrationState.UNDER_REVIEW;
        }
        if (step instanceof Step.Ask) {
            return RegistrationState.NEEDS_INFORMATION;
        }
        if (step instanceof Step.Win) {
            return RegistrationState.WON;
        }
        if (step instanceof Step.Lose) {
            return RegistrationState.LOST;
        }
        return step instanceof Step.Release ? RegistrationState.RELEASED : RegistrationState.WITHDRAWN;
    }

    private static Move extend(Registration held, Step.Extend step, DealPolicy policy) {
        Instant until = held.lockUntil();
        if (until == null) {
            return new Move.Refused(held.number() + " has no protection that could be extended");
        }
        if (held.extensions() >= policy.extensions()) {
            return new Move.Refused(held.number() + " was extended " + held.extensions()
                    + " time(s) already: the policy " + "allows no more");
        }
        if (policy.extensionNeedsActivity()
                && (step.proof() == null || step.proof().isBlank())) {
            return new Move.Refused(
                    held.number() + " can only be extended with a proof of activity, such as a meeting or an offer");
        }
        Instant end = policy.extendedUntil(until);
        return new Move.Moved(
                held.next(RegistrationState.EXTENDED, step.why()).lockedUntil(end, held.extensions() + 1),
                new LockChange.Prolong(end));
    }

    private static Move moved(Registration held, RegistrationState to, Step step, LockChange lock) {
        return new Move.Moved(held.next(to, step.why()), lock);
    }
}
