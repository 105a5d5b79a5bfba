package dev.rainmaker.fact;

import java.util.Locale;

/** The kinds of facts that the ledger keeps; the lower-case name is used in mappings and in the ledger. */
public enum FactKind {
    PARTNER,
    ACCOUNT,
    LEAD,
    OPPORTUNITY,
    PERSON,
    TRAINING,
    ENGAGEMENT,
    SATISFACTION,
    DEAL_REGISTRATION,
    LOCK_COPY,
    ABSENCE,
    ACCOUNT_MERGE,
    LEAD_MERGE;

    /** The word used in mapping files and in the ledger, such as {@code lead}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds the kind by its word.
     *
     * @throws IllegalArgumentException if no kind has that word
     */
    public static FactKind of(String word) {
        for (FactKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no fact is called \"" + word + "\"");
    }
}
