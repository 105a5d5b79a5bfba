package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the ledger keeps it.
 *
 * @param id written to the CRM: the lead's id and the version
 * @param version rises by one with each decision about the lead, from 1
 * @param outcome {@code assigned}, {@code offered}, {@code unassigned}, {@code overridden} (by a person), {@code claimed} (an
 *     offer, by a partner) or {@code withdrawn} (from a partner)
 * @param reason short code, such as {@code territory-unknown}
 * @param summary one sentence, at most 255 characters, as shown in the CRM
 * @param factsSeq the ledger sequence whose facts were used
 * @param propensity probability of the actual choice at decision time, null where nothing was drawn
 * @param round the leads that were decided together with it
 * @param company what the lead's company was called, null where it has none
 * @param inputs its place in the round and what it changed, as JSON, for replay
 * @param receipt the receipt's canonical JSON
 */
public record StoredDecision(
        String id,
        long round,
        RecordId lead,
        int version,
        String outcome,
        @Nullable RecordId partner,
        String reason,
        String summary,
        String policyVersion,
        @Nullable String plvVersion,
        long factsSeq,
        @Nullable BigDecimal propensity,
        Instant decidedAt,
        @Nullable String company,
        String inputs,
        String receipt) {

    /** Whether the policy made it; else it notes what a person or a partner did to one that the policy made. */
    public boolean byPolicy() {
        return outcome.equals("assigned") || outcome.equals("offered") || outcome.equals("unassigned");
    }
}
