package dev.rainmaker.dealregistration;

import java.util.Locale;

/**
 * Something in the way of a registration.
 *
 * @param blocks whether it must be refused; otherwise a person decides
 * @param about the record or registration in the way
 * @param forReviewer everything, with who and since when
 * @param forPartner the same without a word about a rival
 */
public record Conflict(Kind kind, boolean blocks, String about, String forReviewer, String forPartner) {

    /** What kind of thing is in the way. */
    public enum Kind {
        LIVE_LOCK,
        OTHER_REGISTRATION,
        DIRECT_OPPORTUNITY,
        ASSIGNED_LEAD,
        NAMED_ACCOUNT,
        SAME_GROUP,
        NEAR_CUSTOMER,
        LIMIT;

        /** The word used by the API and in the ledger, such as {@code live-lock}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
