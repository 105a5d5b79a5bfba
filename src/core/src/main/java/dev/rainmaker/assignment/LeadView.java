package dev.rainmaker.assignment;

import dev.rainmaker.fact.Money;
import dev.rainmaker.lead.Lead;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a condition sees of a lead.
 *
 * @param points points of the policy's scoring rules; 0 where the policy has none
 * @param value stated by the source, else by the class the policy put it in
 * @param leadClass mapped from the source, else by the policy's scoring
 * @param now the instant of the decision
 */
public record LeadView(
        LeadFacts facts,
        int points,
        @Nullable Money value,
        @Nullable String leadClass,
        Instant now) {

    public Lead lead() {
        return facts.lead();
    }
}
