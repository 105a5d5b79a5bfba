package dev.rainmaker.lead;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;

/**
 * A lead that the CRM merged into another.
 *
 * @param id the lead that went
 * @param into the one that remains
 */
public record LeadMerge(RecordId id, RecordId into, Instant modifiedAt) implements Fact {

    @Override
    public FactKind kind() {
        return FactKind.LEAD_MERGE;
    }
}
