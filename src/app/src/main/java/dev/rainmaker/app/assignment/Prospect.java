package dev.rainmaker.app.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import org.jspecify.annotations.Nullable;

/**
 * A lead about to be decided, and the company behind it.
 *
 * @param sequence ledger sequence of the lead's fact
 * @param identity what the lead says of its company
 * @param customer the account it was matched to, null where none was found
 * @param match how sure that is, null where none was found
 * @param customerSequence ledger sequence of the account's fact, 0 where none was found
 */
public record Prospect(
        Lead lead,
        long sequence,
        CompanyIdentity identity,
        @Nullable Account customer,
        @Nullable CompanyMatch match,
        long customerSequence) {

    public RecordId id() {
        return lead.id();
    }
}
