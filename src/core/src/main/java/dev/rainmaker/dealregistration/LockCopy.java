package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a record of a connected system (a lead, an opportunity) shows of a lock. It may lag behind the lock itself, which is
 * in the ledger alone; what a person wrote into it is a conflict and never breaks the lock.
 *
 * @param holder the partner it shows
 */
public record LockCopy(
        RecordId id,
        @Nullable RecordId holder,
        @Nullable Instant until,
        @Nullable String scope,
        @Nullable String number,
        Instant modifiedAt)
        implements Fact {

    public LockCopy {
        scope = Text.orNull(scope);
        number = Text.orNull(number);
    }

    @Override
    public FactKind kind() {
        return FactKind.LOCK_COPY;
    }
}
