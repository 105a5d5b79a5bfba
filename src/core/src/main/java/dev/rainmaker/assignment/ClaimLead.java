package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A partner's claim on an offered lead. The shell holds the lead's row lock, so that of two claims one is first.
 */
public final class ClaimLead {

    private ClaimLead() {}

    /** What becomes of a claim. */
    public sealed interface Claim {

        /**
         * The lead is the claimant's.
         *
         * @param followUpBy when it must have followed up, null for no such duty
         */
        record Granted(RecordId partner, @Nullable Instant followUpBy) implements Claim {}

        /** @param reason {@code not-offered}, {@code already-claimed}, {@code offer-closed}, {@code claim-limit} or {@code capacity} */
        record Refused(String reason) implements Claim {}
    }

    /**
     * @param holder who holds the lead already, null while it is open
     * @param claims claims granted to the claimant in the offer's window so far
     * @param load what the claimant carries
     * @param maxOpen most open leads of the claimant, null for no limit
     */
    public static Claim decide(
            Offer offer,
            RecordId claimant,
            @Nullable RecordId holder,
            int claims,
            Load load,
            @Nullable Integer maxOpen,
            Instant now) {
        if (!offer.partners().contains(claimant)) {
            return new Claim.Refused("not-offered");
        }
        if (holder != null) {
            return holder.equals(claimant)
                    ? new Claim.Granted(claimant, followUp(offer, now))
                    : new Claim.Refused("already-claimed");
        }
        Instant closes = offer.closesAt();
        if (closes != null && !now.isBefore(closes)) {
            return new Claim.Refused("offer-closed");
        }
        int limit = offer.terms().claimLimit();
        if (limit > 0 && claims >= limit) {
            return new Claim.Refused("claim-limit");
        }
        if (maxOpen != null && load.open() >= maxOpen) {
            return new Claim.Refused("capacity");
        }
        return new Claim.Granted(claimant, followUp(offer, now));
    }

    private static @Nullable Instant followUp(Offer offer, Instant now) {
        return offer.terms().followUp() == null ? null : now.plus(offer.terms().followUp());
    }
}
