package dev.rainmaker.training;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A course completed or a certificate held.
 *
 * @param person who learned; resolved to a partner through the person
 * @param partner the partner, where the source states it directly
 * @param certification true for a certificate (badge), false for a completed course
 * @param expiresAt first instant at which a certificate is no longer valid, null = never
 */
public record TrainingRecord(
        RecordId id,
        @Nullable RecordId person,
        @Nullable RecordId partner,
        String title,
        boolean certification,
        Instant achievedAt,
        @Nullable Instant expiresAt,
        Instant modifiedAt)
        implements Fact {

    public TrainingRecord {
        title = Text.required(title, "the course's or certificate's title");
        if (expiresAt != null && expiresAt.isBefore(achievedAt)) {
            throw new IllegalArgumentException("certificate " + id + " expires before it was achieved");
        }
    }

    /** Valid in the half-open period from achievement to expiry. */
    public boolean validAt(Instant instant) {
        return !instant.isBefore(achievedAt) && (expiresAt == null || instant.isBefore(expiresAt));
    }

    @Override
    public FactKind kind() {
        return FactKind.TRAINING;
    }
}
