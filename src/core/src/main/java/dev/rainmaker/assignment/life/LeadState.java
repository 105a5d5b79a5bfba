package dev.rainmaker.assignment.life;

import dev.rainmaker.assignment.Offer;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a lead stands. Only {@link Pending}, {@link Accepted} and {@link ByHand} are a current assignment. */
public sealed interface LeadState {

    /** The partner that has the lead now. */
    default Optional<RecordId> holder() {
        return Optional.empty();
    }

    /** When this state wants to be looked at again. */
    default Optional<Instant> timer() {
        return Optional.empty();
    }

    /**
     * Nobody has it.
     *
     * @param reason why, such as {@code new}, {@code territory-uncovered}, {@code attempts-exhausted}
     * @param deciding whether a decision is due (the shell decides), else it waits for a fact or a person
     */
    record Waiting(String reason, boolean deciding) implements LeadState {}

    /** Open to several. */
    record Offered(Offer offer) implements LeadState {
        @Override
        public Optional<Instant> timer() {
            return Optional.ofNullable(offer.closesAt());
        }
    }

    /** One partner has it and has not answered yet. */
    record Pending(
            RecordId partner, Instant acceptBy, @Nullable Instant remindAt) implements LeadState {
        @Override
        public Optional<RecordId> holder() {
            return Optional.of(partner);
        }

        @Override
        public Optional<Instant> timer() {
            return Optional.of(remindAt == null ? acceptBy : remindAt);
        }
    }

    /** One partner has it for good, or until {@code followUpBy} where it must follow up; null for no such duty. */
    record Accepted(RecordId partner, @Nullable Instant followUpBy) implements LeadState {
        @Override
        public Optional<RecordId> holder() {
            return Optional.of(partner);
        }

        @Override
        public Optional<Instant> timer() {
            return Optional.ofNullable(followUpBy);
        }
    }

    /** A person assigned it in the CRM (to nobody where null): no decision touches it until it is handed back. */
    record ByHand(@Nullable RecordId partner) implements LeadState {
        @Override
        public Optional<RecordId> holder() {
            return Optional.ofNullable(partner);
        }
    }

    /** Converted, closed, merged or deleted; {@code partner} had it then, null for nobody. */
    record Ended(End how, @Nullable RecordId partner) implements LeadState {}

    /** How a lead's life ends. */
    enum End {
        CONVERTED,
        CLOSED,
        MERGED,
        DELETED
    }
}
