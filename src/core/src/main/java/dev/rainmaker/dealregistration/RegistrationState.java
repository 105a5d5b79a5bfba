package dev.rainmaker.dealregistration;

import java.util.Locale;

/** Where a registration stands. */
public enum RegistrationState {
    DRAFT,
    SUBMITTED,
    UNDER_REVIEW,
    NEEDS_INFORMATION,
    APPROVED,
    EXTENDED,
    REJECTED,
    WON,
    LOST,
    EXPIRED,
    RELEASED,
    WITHDRAWN;

    /** The word used by commands, the API and the ledger, such as {@code under-review}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words shown to people, such as {@code Under Review}. */
    public String label() {
        StringBuilder label = new StringBuilder();
        for (String part : name().split("_", -1)) {
            label.append(label.isEmpty() ? "" : " ")
                    .append(part.charAt(0))
                    .append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return label.toString();
    }

    /** Whether a lock stands behind it. */
    public boolean holdsLock() {
        return this == APPROVED || this == EXTENDED;
    }

    /** Whether it waits for somebody: it counts against a partner's limit. */
    public boolean waits() {
        return this == SUBMITTED || this == UNDER_REVIEW || this == NEEDS_INFORMATION;
    }

    /** Whether nothing can happen to it any more. */
    public boolean isEnd() {
        return ordinal() >= REJECTED.ordinal();
    }

    /**
     * Reads a word or a label, in any case.
     *
     * @throws IllegalArgumentException if there is no such state
     */
    public static RegistrationState of(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (RegistrationState state : values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw new IllegalArgumentException("a registration is never \"" + text + "\"");
    }
}
