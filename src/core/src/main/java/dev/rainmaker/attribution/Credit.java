package dev.rainmaker.attribution;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.util.List;

/**
 * What one partner is credited with for one deal.
 *
 * @param share of the deal's amount, in its currency; zero for who only fulfilled while others moved the deal
 * @param primary whether this is the deal's one primary credit
 * @param evidence the touches it rests on, earliest first
 */
public record Credit(RecordId partner, Part part, Money share, boolean primary, List<Touch> evidence) {

    public Credit {
        evidence = List.copyOf(evidence);
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException("a credit needs evidence: " + partner);
        }
    }
}
