package dev.rainmaker.assignment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a partner has to accept.
 *
 * @param accept time to accept, positive
 * @param remind when to remind, counted from the assignment, less than {@code accept}; null for never
 * @param businessTime whether the clock runs in the partner's business hours only, else always
 */
public record Deadline(Duration accept, @Nullable Duration remind, boolean businessTime) {

    public Deadline {
        if (accept.isZero() || accept.isNegative()) {
            throw new IllegalArgumentException("the time to accept must be positive: " + accept);
        }
        if (remind != null && (remind.isNegative() || remind.compareTo(accept) >= 0)) {
            throw new IllegalArgumentException(
                    "the reminder must come before the deadline: " + remind + " is not less than " + accept);
        }
    }
}
