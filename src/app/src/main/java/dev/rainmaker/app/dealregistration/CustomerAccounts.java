package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyDirectory;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DealFacts;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The customer accounts of the connected systems by what identifies them, in memory, following the ledger's sequence. */
final class CustomerAccounts {

    private final Ledger ledger;
    private final FactLedger facts;
    private final DealFacts changes;
    private final CompanyDirectory<RecordId> directory = new CompanyDirectory<>();
    private long sequence = -1;

    CustomerAccounts(Ledger ledger, FactLedger facts, DealFacts changes) {
        this.ledger = ledger;
        this.facts = facts;
        this.changes = changes;
    }

    /**
     * What identifies the customer of a claim, with the records of the accounts it certainly is. The partner's own domain
     * identifies no customer: partners give themselves as the contact.
     */
    CompanyIdentity identity(Claim claim, Partner partner) {
        CompanyIdentity stated = without(
                Companies.READER.of(partner).domains(),
                Companies.READER.of(
                        claim.customer() == null ? Set.of() : Set.of(claim.customer()),
                        claim.customerName(),
                        claim.customerCountry(),
                        addresses(claim),
                        null));
        Optional<Account> named = claim.customer() == null
                ? Optional.empty()
                : facts.find(FactKind.ACCOUNT, claim.customer(), Account.class);
        if (named.isPresent()) {
            return with(stated, Companies.READER.of(named.get()));
        }
        List<CompanyDirectory.Found<RecordId>> same = same(stated);
        return same.size() == 1
                ? facts.find(FactKind.ACCOUNT, same.get(0).company(), Account.class)
                        .map(account -> with(stated, Companies.READER.of(account)))
                        .orElse(stated)
                : stated;
    }

    private static CompanyIdentity without(Set<String> domains, CompanyIdentity identity) {
        Set<String> rest = new HashSet<>(identity.domains());
        rest.removeAll(domains);
        return new CompanyIdentity(identity.records(), rest, identity.name(), identity.country(), identity.phones());
    }

    /** A contact's address tells the customer's domain where none is stated. */
    private static Stream<String> addresses(Claim claim) {
        return claim.customerDomain() == null
                ? Stream.ofNullable(claim.contactEmail())
                : Stream.of(claim.customerDomain());
    }

    private static CompanyIdentity with(CompanyIdentity stated, CompanyIdentity account) {
        Set<RecordId> records = new HashSet<>(stated.records());
        records.addAll(account.records());
        Set<String> domains = new HashSet<>(stated.domains());
        domains.addAll(account.domains());
        return new CompanyIdentity(
                records,
                domains,
                account.name() == null ? stated.name() : account.name(),
                account.country() == null ? stated.country() : account.country(),
                Set.of());
    }

    private synchronized List<CompanyDirectory.Found<RecordId>> same(CompanyIdentity identity) {
        follow();
        return directory.same(identity);
    }

    private void follow() {
        long head = ledger.sequence();
        if (sequence < 0) {
            facts.forEach(
                    FactKind.ACCOUNT,
                    Account.class,
                    account -> directory.put(account.id(), Companies.READER.of(account)));
        } else if (head > sequence) {
            for (DealFacts.Changed change : changes.changed(List.of(FactKind.ACCOUNT), sequence, head)) {
                if (change.fact() instanceof Account account) {
                    directory.put(account.id(), Companies.READER.of(account));
                } else {
                    directory.remove(change.id());
                }
            }
        }
        sequence = head;
    }
}
