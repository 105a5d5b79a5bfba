package dev.rainmaker.lifetimevalue;

import java.util.Locale;

/** The terms of the score, in the order in which they are shown. */
public enum PlvTerm {
    /** PLV value, money over the horizon. */
    VALUE,
    /** Expected deal days over the horizon. */
    FREQUENCY,
    /** Expected money per deal day. */
    SIZE,
    /** Share of worked leads won, shrunk, adjusted for the difficulty of the leads. */
    CONVERSION,
    /** Margin as a share of revenue, shrunk. */
    MARGIN,
    /** ln(1 + decayed count) of training, campaign, co-sell, portal and development-fund events. */
    ENGAGEMENT,
    /** Required certificates valid on the day, as a share of those required. */
    CERTIFICATION,
    /** Mean answer of customers, shrunk, on the survey's scale. */
    SATISFACTION,
    /** Share of business that the partner itself brought, shrunk. */
    INITIATIVE;

    /** The word used in policies and output, such as {@code value}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a term by its word.
     *
     * @throws IllegalArgumentException listing the terms, if no term has that word
     */
    public static PlvTerm of(String word) {
        StringBuilder known = new StringBuilder();
        for (PlvTerm term : values()) {
            if (term.word().equals(word)) {
                return term;
            }
            known.append(known.length() == 0 ? "" : ", ").append(term.word());
        }
        throw new IllegalArgumentException("no score term is called \"" + word + "\"; there are " + known);
    }
}
