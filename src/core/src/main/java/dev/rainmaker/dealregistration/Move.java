package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;

/** What follows from a step. */
public sealed interface Move {

    /**
     * @param after the registration at its next version
     * @param lock what must happen to its lock together with it, or neither happens
     */
    record Moved(Registration after, LockChange lock) implements Move {}

    /** @param why what is wrong and what could be done, fit for the partner's eyes */
    record Refused(String why) implements Move {}

    /** What must happen to the lock. */
    sealed interface LockChange {

        /** Nothing. */
        record None() implements LockChange {}

        record Take(Instant until) implements LockChange {}

        record Prolong(Instant until) implements LockChange {}

        /** It must go on under another customer's key, or for another partner, from now on. */
        record Regrant(String customer, RecordId partner) implements LockChange {}

        /** It must end at once, if it has not ended. */
        record End() implements LockChange {}
    }
}
