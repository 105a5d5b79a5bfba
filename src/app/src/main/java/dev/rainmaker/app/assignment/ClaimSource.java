package dev.rainmaker.app.assignment;

import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.fact.RecordId;
import java.util.List;

/**
 * Something that knows what partners hold on customers: named accounts and contracts ({@link NamedAccounts}), earlier
 * leads of the same prospect ({@link EarlierLeads}), deal locks.
 *
 * <p>To add one: implement {@link #open}, which is called once per round of up to 500 leads, inside the round's transaction
 * and under the lock that makes decisions of a tenant follow each other; ask the ledger there once for all leads, and
 * answer {@link Claims#of} from what came back. Then add it where {@link AssignLeads} is put together. Whatever it answers
 * is stored with the decision's inputs, so replay needs nothing from it: it may read current tables and need not know the
 * past. What changes a claim must put the leads concerned into the lead queue, if they are to be decided again.
 */
public interface ClaimSource {

    /** Prepares the answers for a round; its leads are then asked about in order. */
    Claims open(List<Prospect> round);

    /** The answers for one round. */
    interface Claims {

        /** What partners hold on this lead's customer, in any order; empty where nobody holds anything. */
        List<NamedClaim> of(Prospect prospect);

        /** Told of each lead of the round that was given to a partner, before the next lead is asked about. */
        default void given(Prospect prospect, RecordId partner) {}
    }
}
