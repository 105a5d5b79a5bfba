package dev.rainmaker.app.access;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.Optional;

/**
 * A token as people see it: all but the secret.
 *
 * @param prefix its public part, by which it is named and revoked
 * @param partner whose things it opens, for role partner
 */
public record ApiToken(
        String prefix,
        String name,
        Role role,
        Optional<RecordId> partner,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt) {

    /** A token just made: the only time that its secret is known. */
    public record Issued(String secret, ApiToken token) {
        @Override
        public String toString() {
            return "Issued[" + token + "]";
        }
    }
}
