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
        Changed next = new Changed();
        next.version = version + 1;
        next.state = to;
        next.reason = why;
        next.reviewBy = to.waits() ? reviewBy : null;
        next.blocked = false;
        return next.made();
    }

    /** The same but for what is told. */
    Registration noted(String why) {
        Changed noted = new Changed();
        noted.version = version + 1;
        noted.reason = why;
        return noted.made();
    }

    Registration submitted(Instant at, Instant review) {
        Changed submitted = new Changed();
        submitted.submittedAt = submittedAt == null ? at : submittedAt;
        submitted.reviewBy = review;
        submitted.blocked = false;
        return submitted.made();
    }

    Registration lockedUntil(Instant until, int times) {
        Changed locked = new Changed();
        locked.lockUntil = until;
        locked.extensions = times;
        return locked.made();
    }

    Registration nextInLine() {
        Changed refused = new Changed();
        refused.blocked = true;
        return refused.made();
    }

    /** The registration with a corrected claim, as its partner answered. */
    public Registration claiming(Claim corrected, String customerKey, ProductScope corrections) {
        Changed claiming = new Changed();
        claiming.claim = corrected;
        claiming.customer = customerKey;
        claiming.scope = corrections;
        return claiming.made();
    }

    Registration heldBy(RecordId other) {
        Changed handedOver = new Changed();
        handedOver.partner = other;
        return handedOver.made();
    }

    /** This registration with some of it changed; number and source never are. */
    private final class Changed {
        private int version = Registration.this.version;
        private RegistrationState state = Registration.this.state;
        private String reason = Registration.this.reason;
        private RecordId partner = Registration.this.partner;
        private String customer = Registration.this.customer;
        private ProductScope scope = Registration.this.scope;
        private Claim claim = Registration.this.claim;
        private @Nullable Instant submittedAt = Registration.this.submittedAt;
        private @Nullable Instant reviewBy = Registration.this.reviewBy;
        private @Nullable Instant lockUntil = Registration.this.lockUntil;
        private int extensions = Registration.this.extensions;
        private boolean blocked = Registration.this.blocked;

        Registration made() {
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
                    blocked);
        }
    }
}
