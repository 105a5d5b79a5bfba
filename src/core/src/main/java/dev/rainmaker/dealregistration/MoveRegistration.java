package dev.rainmaker.dealregistration;

import dev.rainmaker.dealregistration.Move.LockChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step from reading to writing. {@link #prepare} only reads; any time may pass before {@link #commit}, and others may
 * act meanwhile: what was read is then out of date, and the commit refuses. {@link #commit} must run whole or not at all.
 */
public final class MoveRegistration {

    private final DealPolicy policy;

    public MoveRegistration(DealPolicy policy) {
        this.policy = policy;
    }

    /**
     * A step that is ready to be written.
     *
     * @param lock the registration's lock as it was read
     */
    public record Prepared(
            Registration before,
            Step step,
            Instant at,
            Move.Moved move,
            @Nullable DealLock lock) {}

    /** What reading came to. */
    public sealed interface Preparation {

        /** @param prepared ready to be written */
        record Ready(Prepared prepared) implements Preparation {}

        /** @param refusal why the step is not allowed */
        record Impossible(Result.Refused refusal) implements Preparation {}
    }

    /** What became of a step. */
    public sealed interface Result {

        /** @param lock the lock as it stands after the step, null where there never was one */
        record Done(Registration registration, @Nullable DealLock lock) implements Result {}

        /** The life cycle or the policy does not allow it. */
        record Refused(String why) implements Result {}

        /** @param held the locks in the way */
        record Locked(List<DealLock> held) implements Result {
            public Locked {
                held = List.copyOf(held);
            }
        }

        /** Somebody else was faster: read again. Whatever was written in the transaction must be undone. */
        record OutOfDate() implements Result {}
    }

    /** Reads and decides. */
    public Preparation prepare(RegistrationBook book, String number, Step step) {
        Optional<Registration> found = book.find(number);
        if (found.isEmpty()) {
            return new Preparation.Impossible(new Result.Refused("there is no registration " + number));
        }
        Instant now = book.now();
        Move move = LifeCycle.apply(found.get(), step, policy, now);
        if (move instanceof Move.Refused refused) {
            return new Preparation.Impossible(new Result.Refused(refused.why()));
        }
        DealLock lock = book.ofRegistration(number).orElse(null);
        return new Preparation.Ready(new Prepared(found.get(), step, now, (Move.Moved) move, lock));
    }

    /** Writes what was prepared, or nothing. */
    public Result commit(RegistrationBook book, Prepared prepared) {
        Registration after = prepared.move().after();
        DealLock lock = prepared.lock();
        LockChange change = prepared.move().lock();
        if (change instanceof LockChange.Take take) {
            LockBook.Answer answer =
                    book.take(after.number(), after.customer(), after.partner(), after.scope(), take.until());
            if (answer instanceof LockBook.Answer.Refused refused) {
                return new Result.Locked(refused.held());
            }
            lock = ((LockBook.Answer.Granted) answer).lock();
        } else if (lock != null && !(change instanceof LockChange.None)) {
            Optional<DealLock> changed = changed(book, lock, change);
            if (changed.isEmpty()) {
                return new Result.OutOfDate();
            }
            lock = changed.get();
        }
        return book.save(prepared.before(), after, prepared.step(), prepared.at())
                ? new Result.Done(after, lock)
                : new Result.OutOfDate();
    }

    private static Optional<DealLock> changed(RegistrationBook book, DealLock held, LockChange change) {
        if (change instanceof LockChange.Prolong prolong) {
            return book.prolong(held, prolong.until());
        }
        return change instanceof LockChange.Regrant anew
                ? book.regrant(held, anew.customer(), anew.partner())
                : book.end(held);
    }

    /** Both at once, for a caller that holds a transaction around it. */
    public Result move(RegistrationBook book, String number, Step step) {
        Preparation preparation = prepare(book, number, step);
        return preparation instanceof Preparation.Ready ready
                ? commit(book, ready.prepared())
                : ((Preparation.Impossible) preparation).refusal();
    }
}
