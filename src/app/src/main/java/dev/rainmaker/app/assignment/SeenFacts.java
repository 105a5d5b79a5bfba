package dev.rainmaker.app.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import org.jspecify.annotations.Nullable;

/** What a stored decision saw beside the lead itself: customer, claims, who had declined. */
public final class SeenFacts {

    private final DecisionInputs inputs;

    private SeenFacts(DecisionInputs inputs) {
        this.inputs = inputs;
    }

    public static SeenFacts of(StoredDecision decision) {
        return new SeenFacts(DecisionInputs.read(decision.inputs()));
    }

    /** The account that the lead was matched to. */
    public @Nullable RecordId customer() {
        return inputs.customer();
    }

    /** A lead with these facts, as a first attempt. */
    public LeadFacts leadFacts(Lead lead, long sequence, @Nullable Account account) {
        return new LeadFacts(
                lead,
                sequence,
                account,
                account == null ? null : inputs.match(),
                inputs.claims(),
                inputs.declined(),
                0);
    }
}
