package dev.rainmaker.dealregistration;

import java.time.Instant;

/**
 * A half-open span of time: {@code from} is inside, {@code until} is outside.
 */
public record Period(Instant from, Instant until) {

    public Period {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a period must end after it begins, not from " + from + " to " + until);
        }
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }

    public boolean overlaps(Period other) {
        return from.isBefore(other.until) && other.from.isBefore(until);
    }
}
