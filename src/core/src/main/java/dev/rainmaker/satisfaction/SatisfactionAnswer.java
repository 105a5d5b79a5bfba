package dev.rainmaker.satisfaction;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A customer's answer about a partner.
 *
 * @param value the answer, on the survey's own scale
 */
public record SatisfactionAnswer(RecordId id, RecordId partner, BigDecimal value, Instant at, Instant modifiedAt)
        implements Fact {

    @Override
    public FactKind kind() {
        return FactKind.SATISFACTION;
    }
}
