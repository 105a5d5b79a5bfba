package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a lead goes, with the receipt that says why. */
public sealed interface Decision {

    Receipt receipt();

    /** What becomes of a rotation; to be stored in the decision's transaction. */
    Optional<Rotation.Change> rotation();

    /**
     * The lead is this partner's.
     *
     * @param rule name of the deciding rule
     * @param acceptBy when the partner must have accepted, null where no acceptance is asked
     * @param remindAt when to remind it, null for never
     */
    record Assigned(
            RecordId partner,
            String rule,
            @Nullable Instant acceptBy,
            @Nullable Instant remindAt,
            Receipt receipt,
            Rotation.@Nullable Change change)
            implements Decision {

        @Override
        public Optional<Rotation.Change> rotation() {
            return Optional.ofNullable(change);
        }
    }

    /**
     * The lead is open to these partners; the first valid claim gets it.
     *
     * @param partners sorted by id
     * @param terms under which they may claim it
     * @param closesAt when the offer ends unclaimed, null for never
     */
    record Offered(
            List<RecordId> partners,
            String rule,
            Strategy.SharkTank terms,
            @Nullable Instant closesAt,
            Receipt receipt) implements Decision {

        public Offered {
            partners = List.copyOf(partners);
        }

        /** What the partners see of it. */
        public Offer offer() {
            return new Offer(partners, rule, terms, closesAt);
        }

        @Override
        public Optional<Rotation.Change> rotation() {
            return Optional.empty();
        }
    }

    /**
     * Nobody gets the lead.
     *
     * @param reason code such as {@code no-rule} or {@code territory-uncovered}
     */
    record Unassigned(String reason, Receipt receipt) implements Decision {

        @Override
        public Optional<Rotation.Change> rotation() {
            return Optional.empty();
        }
    }
}
