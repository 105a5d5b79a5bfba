package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A partner's claim on a deal and where it stands.
 *
 * @param number what people call it, such as {@code DR-000042}
 * @param version number of its latest event; a change that does not name it is refused
 * @param reason why it stands there, fit for the partner's eyes: it never names a rival
 * @param customer the customer's key
 * @param scope what was claimed, families resolved to their products
 * @param source the record it came from, null where it came by console, API or command
 * @param submittedAt null for a draft
 * @param reviewBy when the reviewer must have decided, null where nobody has to
 * @param lockUntil end of the protection, null before approval; kept after the end
 * @param extensions how often it was extended
 * @param blocked whether it was refused because another holds the deal: it is next in line
 */
public record Registration(
        String number,
        int version,
        RegistrationState state,
        String reason,
        RecordId partner,
        String customer,
        ProductScope scope,
        Claim claim,
        @Nullable RecordId source,
        @Nullable Instant submittedAt,
        @Nullable Instant reviewBy,
        @Nullable Instant lockUntil,
        int extensions,
        boolean blocked) {

    /** The same registration at its next version. */
    Registration next(RegistrationState to, String why) {
        return new Registration(
                number,
                version + 1,
                to,
                why,
                partner,
                customer,
                scope,
                claim,
                source,
                submittedAt,
                to.waits() ? reviewBy : null,
                lockUntil,
                extensions,
                false);
    }

    /** The same but for what is told. */
    Registration noted(String why) {
        return new Registration(
                number,
                version + 1,
                state,
                why,
                partner,
                customer,
                scope,
                claim,
                source,
                submittedAt,
                reviewBy,
                lockUntil,
                extensions,
                blocked);
    }

    Registration submitted(Instant at, Instant review) {
        return new Registration(
                number,
                version,
                state,
                reason,
                partner,
                customer,
                scope,
                claim,
                source,
                submittedAt == null ? at : submittedAt,
                review,
                lockUntil,
                extensions,
                false);
    }

    Registration lockedUntil(Instant until, int times) {
        return new Registration(
                number,
                version,
                state,
                reason,
                partner,
                customer,
                scope,
                claim,
                source,
                submittedAt,
                reviewBy,
                until,
                times,
                blocked);
    }

    Registration nextInLine() {
        return new Registration(
                number,
                version,
                state,
                reason,
                partner,
                customer,
                scope,
                claim,
                source,
                submittedAt,
                reviewBy,
                lockUntil,
                extensions,
                true);
    }

    /** The registration with a corrected claim, as its partner answered. */
    public Registration claiming(Claim corrected, String customerKey, ProductScope corrections) {
        return new Registration(
                number,
                version,
                state,
                reason,
                partner,
                customerKey,
                corrections,
                corrected,
                source,
                submittedAt,
                reviewBy,
                lockUntil,
                extensions,
                blocked);
    }
}
