package dev.rainmaker.assignment.life;

import dev.rainmaker.assignment.Decision;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can happen to a lead after it was first seen. */
public sealed interface LeadEvent {

    /** A decision was made for this attempt. */
    record Decided(Decision decision, int attempt) implements LeadEvent {}

    record Accepted(RecordId by) implements LeadEvent {}

    /** @param reason the partner's own words or code, kept in the history */
    record Declined(RecordId by, String reason) implements LeadEvent {}

    /** A claim that {@link dev.rainmaker.assignment.ClaimLead} granted. */
    record Claimed(RecordId by, @Nullable Instant followUpBy) implements LeadEvent {}

    /** The partner worked on the lead after claiming it. */
    record FollowedUp(RecordId by) implements LeadEvent {}

    /** Time has come for whatever is due. */
    record TimerFired() implements LeadEvent {}

    /** The CRM shows this partner (null: nobody) and our decision did not write it. */
    record ChangedByHand(@Nullable RecordId partner) implements LeadEvent {}

    /** A person gives the lead back to the policy. */
    record HandedBack() implements LeadEvent {}

    /** The partner gives an accepted lead back, or a waiting one is tried again. */
    record Recycled(String reason) implements LeadEvent {}

    record Ended(LeadState.End how) implements LeadEvent {}

    /** A closed lead was opened again. Merged and deleted leads stay gone. */
    record Reopened() implements LeadEvent {}

    /** This partner was deactivated or off-boarded. */
    record PartnerLeft(RecordId partner) implements LeadEvent {}
}
