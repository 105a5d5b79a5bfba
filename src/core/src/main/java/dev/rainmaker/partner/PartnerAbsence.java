package dev.rainmaker.partner;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A partner is out of office: it gets no new lead until it is back.
 *
 * @param from first instant of the absence, null where it has begun already
 * @param until first instant at which it is back
 * @param note why, for people
 */
public record PartnerAbsence(
        RecordId id,
        RecordId partner,
        @Nullable Instant from,
        Instant until,
        @Nullable String note,
        Instant modifiedAt) implements Fact {

    public PartnerAbsence {
        note = Text.orNull(note);
        if (from != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("an absence must end after it begins: " + from + " to " + until);
        }
    }

    @Override
    public FactKind kind() {
        return FactKind.ABSENCE;
    }
}
