package dev.rainmaker.attribution;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * Something a partner did for a deal, with the record that proves it.
 *
 * @param at when, as the evidence is stamped (UTC)
 * @param evidence the registration, lead, engagement or opportunity it rests on
 */
public record Touch(RecordId partner, Kind kind, Instant at, RecordId evidence) {

    /** Earliest first; then by kind, evidence and partner: total, so that the order of input never matters. */
    static final Comparator<Touch> ORDER = Comparator.comparing(Touch::at)
            .thenComparing(Touch::kind)
            .thenComparing(Touch::evidence)
            .thenComparing(Touch::partner);

    /** What was done. */
    public enum Kind {
        /** A deal registration that was approved. */
        REGISTRATION,
        /** A lead that the partner brought. */
        PARTNER_LEAD,
        /** The deal itself names the partner as its source; weaker than a registration or a lead. */
        STATED_SOURCE,
        /** A lead that was assigned to the partner and became the deal. */
        ASSIGNED_LEAD,
        /** Selling together with the vendor. */
        COSELL,
        /** Delivering or invoicing what was sold. */
        FULFILMENT;

        /** Whether it can make a partner the source of a deal. */
        public boolean originates() {
            return this == REGISTRATION || this == PARTNER_LEAD || this == STATED_SOURCE;
        }

        /** Whether it moves a deal on: it counts for influence and for shares. Delivering alone does not. */
        public boolean material() {
            return this != FULFILMENT;
        }

        /** The word used in reports, such as {@code partner-lead}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
