package dev.rainmaker.assignment;

import java.time.Instant;

/** A partner is away from {@code from} (inclusive) until {@code until} (exclusive): it gets no new lead. */
public record Absence(Instant from, Instant until) {

    public Absence {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("an absence must end after it begins: " + from + " to " + until);
        }
    }

    boolean covers(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
