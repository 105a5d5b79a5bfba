package dev.rainmaker.engagement;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing a partner, or one of its people, did in the programme.
 *
 * @param person who did it; resolved to a partner through the person
 * @param partner the partner, where the source states it directly
 * @param detail the campaign, event or page, as the source names it
 */
public record Engagement(
        RecordId id,
        @Nullable RecordId person,
        @Nullable RecordId partner,
        Kind type,
        @Nullable String detail,
        Instant at,
        Instant modifiedAt)
        implements Fact {

    /** What was done. */
    public enum Kind {
        TRAINING,
        CAMPAIGN,
        COSELL,
        PORTAL,
        MDF
    }

    @Override
    public FactKind kind() {
        return FactKind.ENGAGEMENT;
    }
}
