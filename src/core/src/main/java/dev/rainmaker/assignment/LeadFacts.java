package dev.rainmaker.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one lead that a decision may use, as of one ledger sequence.
 *
 * @param sequence ledger sequence of the lead's fact, kept in the receipt
 * @param customer the account the lead was matched to, null where none was found
 * @param customerMatch how sure that is and why, null where no customer was found
 * @param claims what partners hold on this customer (named account, contract, deal lock, ...), any order
 * @param declined partners that declined this lead or let it lapse: not asked again unless the pool says so
 * @param attempt 0 for the first decision on this lead, one more for each reassignment; it enters the seed
 */
public record LeadFacts(
        Lead lead,
        long sequence,
        @Nullable Account customer,
        @Nullable CompanyMatch customerMatch,
        List<NamedClaim> claims,
        Set<RecordId> declined,
        int attempt) {

    public LeadFacts {
        claims = claims.stream().sorted(NamedClaim.ORDER).toList();
        declined = Collections.unmodifiableSet(new TreeSet<>(declined));
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt must not be negative: " + attempt);
        }
    }

    /** Without the evidence for the customer. */
    public LeadFacts(
            Lead lead,
            long sequence,
            @Nullable Account customer,
            List<NamedClaim> claims,
            Set<RecordId> declined,
            int attempt) {
        this(lead, sequence, customer, null, claims, declined, attempt);
    }

    /** A lead seen for the first time, matched to nobody. */
    public static LeadFacts of(Lead lead, long sequence) {
        return new LeadFacts(lead, sequence, null, List.of(), Set.of(), 0);
    }
}
