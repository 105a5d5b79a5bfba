package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where locks are kept. Each call is atomic; exclusivity is the book's duty, not the caller's: two callers who both believe
 * that a customer is free get one lock between them.
 */
public interface LockBook {

    /** The one clock that locks know. */
    Instant now();

    /**
     * Takes a lock that begins now.
     *
     * @param until first instant at which it no longer holds
     */
    Answer take(String number, String customer, RecordId partner, ProductScope scope, Instant until);

    /**
     * Moves the end of a lock.
     *
     * @return the lock with its new fence; empty where {@code held} is not the latest, the lock has ended, or the longer
     *     period would meet another lock
     */
    Optional<DealLock> prolong(DealLock held, Instant until);

    /**
     * Ends a lock now.
     *
     * @return the lock with its new fence; empty where {@code held} is not the latest
     */
    Optional<DealLock> end(DealLock held);

    /**
     * Ends a live lock now and takes it anew, under another customer's key or for another partner, to the same end.
     *
     * @return empty where {@code held} is not the latest or another lock is in the way; the transaction must be undone then
     */
    default Optional<DealLock> regrant(DealLock held, String customer, RecordId partner) {
        return end(held)
                .flatMap(ended -> take(
                                        held.number(),
                                        customer,
                                        partner,
                                        held.scope(),
                                        held.period().until())
                                instanceof Answer.Granted granted
                        ? Optional.of(granted.lock())
                        : Optional.empty());
    }

    /** The latest lock of a registration, live or ended. */
    Optional<DealLock> ofRegistration(String number);

    /** What became of {@link #take}. */
    sealed interface Answer {

        record Granted(DealLock lock) implements Answer {}

        /** @param held the locks in the way; empty where the one in the way ended while we asked */
        record Refused(List<DealLock> held) implements Answer {
            public Refused {
                held = List.copyOf(held);
            }
        }
    }
}
