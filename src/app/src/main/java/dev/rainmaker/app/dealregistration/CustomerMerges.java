package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.ledger.DealCustomerLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.LeadQueue;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.dealregistration.Conflict;
import dev.rainmaker.dealregistration.ConflictPolicy;
import dev.rainmaker.dealregistration.DealPolicy;
import dev.rainmaker.dealregistration.MergeCustomers;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.springframework.dao.OptimisticLockingFailureException;

/** Customers that turn out to be one: by a reviewer's word, or because a connected system merged their accounts. */
final class CustomerMerges {

    private final Ledger ledger;
    private final FactLedger facts;
    private final RegistrationLedger registrations;
    private final DealCustomerLedger customers;
    private final DealConflictLedger conflicts;
    private final LeadQueue leads;
    private final ConflictLookup lookup;
    private final LockWrites writes;
    private final Supplier<DealPolicy> policy;

    CustomerMerges(
            Ledger ledger,
            FactLedger facts,
            RegistrationLedger registrations,
            DealCustomerLedger customers,
            DealConflictLedger conflicts,
            ConflictLookup lookup,
            LockWrites writes,
            Supplier<DealPolicy> policy) {
        this.ledger = ledger;
        this.facts = facts;
        this.registrations = registrations;
        this.customers = customers;
        this.conflicts = conflicts;
        this.leads = new LeadQueue(ledger);
        this.lookup = lookup;
        this.writes = writes;
        this.policy = policy;
    }

    /**
     * The first customer goes on under the second's key.
     *
     * @return registrations that lost their lock to an older one and wait for a reviewer; empty also where one of the two is
     *     unknown or was merged before
     */
    List<Registration> merge(String loser, String winner, String who) {
        return ledger.transaction(() -> {
            if (!customers.merge(loser, winner)) {
                return List.<Registration>of();
            }
            List<Registration> recalled = move(loser, winner, who);
            afterwards(winner);
            return recalled;
        });
    }

    /**
     * Follows what a connected system says of merged accounts: whoever is known by the one that went is known by the one that
     * remains, and customers that are the same company by it are merged. Doing it again changes nothing.
     *
     * @return how many customers were joined or became known by another account
     */
    int follow(AccountMerge merge, String who) {
        return merge.gone().entrySet().stream()
                .mapToInt(gone -> follow(gone.getKey(), last(gone.getValue()), who))
                .sum();
    }

    /** The account that remains where the one that took another in was itself merged away. */
    RecordId last(RecordId into) {
        RecordId at = into;
        for (int i = 0; i < 100; i++) {
            RecordId next = facts.find(FactKind.ACCOUNT_MERGE, at, AccountMerge.class)
                    .map(AccountMerge::into)
                    .orElse(null);
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private int follow(RecordId gone, RecordId into, String who) {
        return ledger.transaction(() -> {
            Set<String> same = new TreeSet<>(customers.knownBy(gone));
            if (same.isEmpty()) {
                return 0;
            }
            CompanyIdentity identity = facts.find(FactKind.ACCOUNT, into, Account.class)
                    .map(Companies.READER::of)
                    .orElse(new CompanyIdentity(Set.of(into), Set.of(), null, null, Set.of()));
            String winner = customers.knownBy(into).stream()
                    .findFirst()
                    .or(() -> customers.same(identity))
                    .orElse(same.iterator().next());
            same.addAll(customers.knownBy(into));
            same.remove(winner);
            boolean wider = customers.widen(winner, identity);
            for (String loser : same) {
                if (customers.merge(loser, winner)) {
                    move(loser, winner, who);
                }
            }
            if (wider || !same.isEmpty()) {
                afterwards(winner);
            }
            return same.size() + (wider ? 1 : 0);
        });
    }

    private List<Registration> move(String loser, String winner, String who) {
        MergeCustomers.Merged merged = new MergeCustomers(policy.get(), who).merge(registrations, loser, winner);
        if (!merged.done()) {
            throw new OptimisticLockingFailureException("a registration was moved during the merge");
        }
        return merged.recalled();
    }

    /** What waits is checked against what the customer is now; records show its locks, and leads are looked at again. */
    private void afterwards(String customer) {
        CompanyIdentity identity = customers.identityOf(customer).orElseThrow();
        List<Registration> open = new ArrayList<>(registrations.openOf(customer));
        open.sort(Comparator.comparing(each -> each.state().holdsLock())); // a holder's write replaces an ended lock's
        for (Registration each : open) {
            if (each.state().waits()) {
                check(each, identity);
            }
            registrations.ofRegistration(each.number()).ifPresent(lock -> {
                writes.registration(each, lock);
                writes.copies(identity, lock, each.state().holdsLock());
            });
        }
        leads.retryUnassigned(ledger.sequence());
    }

    private void check(Registration waiting, CompanyIdentity identity) {
        List<Conflict> found = new ArrayList<>(
                ConflictPolicy.checkAll(lookup.facts(waiting, identity, List.of(), policy.get()), policy.get()));
        conflicts.openOf(waiting.number()).stream()
                .filter(each -> each.kind().equals(Conflict.Kind.NEAR_CUSTOMER.word())
                        && customers.remaining(each.about()).equals(each.about())
                        && !each.about().equals(waiting.customer()))
                .map(each -> new Conflict(
                        Conflict.Kind.NEAR_CUSTOMER,
                        each.blocks(),
                        each.about(),
                        each.forReviewer(),
                        each.forPartner()))
                .forEach(found::add);
        conflicts.keep(waiting.number(), found);
    }
}
