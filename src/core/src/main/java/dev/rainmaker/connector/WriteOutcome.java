package dev.rainmaker.connector;

import java.time.Duration;

/** What became of one {@link Change}. */
public sealed interface WriteOutcome {

    String id();

    /** The vendor accepted it. */
    record Written(String id) implements WriteOutcome {}

    /** The vendor could not do it now (a lock, an overload); the same change may work after the given time. */
    record Postponed(String id, Duration after, String code, String message) implements WriteOutcome {}

    /**
     * The vendor refuses it and will again.
     *
     * @param code the vendor's code, such as {@code FIELD_CUSTOM_VALIDATION_EXCEPTION}
     * @param gone whether the record no longer exists or can no longer be edited (deleted, converted)
     */
    record Rejected(String id, String code, String message, boolean gone) implements WriteOutcome {}
}
