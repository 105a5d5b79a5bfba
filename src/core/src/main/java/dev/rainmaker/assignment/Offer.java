package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lead that is open to several partners; the first valid claim gets it.
 *
 * @param partners who may claim it, sorted by id
 * @param rule the rule that offered it
 * @param terms under which they may claim it
 * @param closesAt when the offer ends unclaimed, null for never
 */
public record Offer(
        List<RecordId> partners,
        String rule,
        Strategy.SharkTank terms,
        @Nullable Instant closesAt) {

    public Offer {
        partners = List.copyOf(partners);
    }

    /** The same offer without one of its partners. */
    public Offer without(RecordId partner) {
        return new Offer(partners.stream().filter(each -> !each.equals(partner)).toList(), rule, terms, closesAt);
    }
}
