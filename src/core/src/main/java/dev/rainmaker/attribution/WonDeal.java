package dev.rainmaker.attribution;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A won deal with everything partners did for it.
 *
 * @param amount in one currency; may be negative (a credit note)
 * @param createdAt when the opportunity was created; null where the source does not say: then at the start of its closing day
 * @param touches in any order
 */
public record WonDeal(RecordId id, Money amount, @Nullable Instant createdAt, LocalDate closedOn, List<Touch> touches) {

    public WonDeal {
        touches = touches.stream().distinct().sorted(Touch.ORDER).toList();
    }

    Instant created() {
        return createdAt == null ? closedOn.atStartOfDay(ZoneOffset.UTC).toInstant() : createdAt;
    }

    /** The first instant after the closing day. */
    Instant closed() {
        return closedOn.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
