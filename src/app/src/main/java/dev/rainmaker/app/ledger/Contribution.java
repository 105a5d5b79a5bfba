package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one fact adds to one part of a partner's statistics.
 *
 * @param fact that adds it
 * @param partner whose statistics they are; the company may be no partner (yet)
 * @param day epoch day from which it counts
 * @param word class of the lead, kind of engagement, title of the certificate; empty elsewhere
 * @param amount of a deal or correction in the reporting currency; of an answer its value; 0 elsewhere
 * @param margin of a deal or correction, null where unknown
 * @param untilDay of a lead the day on which it was won; of a certificate the first day on which it is no longer valid
 * @param sourced of an opportunity: brought by the partner itself
 */
public record Contribution(
        FactKind kind,
        RecordId fact,
        Part part,
        RecordId partner,
        int day,
        String word,
        double amount,
        @Nullable Double margin,
        @Nullable Integer untilDay,
        boolean sourced) {

    /** Parts of the statistics. */
    public enum Part {
        DEAL,
        CORRECTION,
        OPPORTUNITY,
        LEAD,
        CERTIFICATE,
        ENGAGEMENT,
        ANSWER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Part of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
