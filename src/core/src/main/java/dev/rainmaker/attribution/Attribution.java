package dev.rainmaker.attribution;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.util.List;
import java.util.Locale;

/**
 * How one won deal is credited.
 *
 * @param amount the deal's amount in whole minor units
 * @param credits the primary one first; their shares sum to the amount where any partner moved the deal, else to zero
 * @param rule version of the rule that was applied
 */
public record Attribution(RecordId deal, Money amount, Kind kind, List<Credit> credits, String rule) {

    /** What the deal is, counted once however many partners share it. */
    public enum Kind {
        /** A partner originated it. */
        SOURCED,
        /** No partner originated it, one at least moved it on. */
        INFLUENCED,
        /** A partner only delivers it. */
        ATTACHED,
        /** No partner had a part in it. */
        DIRECT;

        /** The word used in reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the deal is partner-led revenue. */
        public boolean partnerLed() {
            return this == SOURCED || this == INFLUENCED;
        }
    }

    public Attribution {
        credits = List.copyOf(credits);
    }

    /** Whether the source is only stated by the deal itself: neither a registration nor a lead proves it. */
    public boolean sourceUnproven() {
        return kind == Kind.SOURCED
                && credits.get(0).evidence().stream()
                        .noneMatch(touch ->
                                touch.kind() == Touch.Kind.REGISTRATION || touch.kind() == Touch.Kind.PARTNER_LEAD);
    }
}
