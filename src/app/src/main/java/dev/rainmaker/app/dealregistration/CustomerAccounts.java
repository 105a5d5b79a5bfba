package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyDirectory;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.company.AccountDirectory;
import dev.rainmaker.app.company.Companies;
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
import org.jspecify.annotations.Nullable;

/** Which customer account of the connected systems a claim is about. */
final class CustomerAccounts {

    private final Ledger ledger;
    private final FactLedger facts;
    private final AccountDirectory directory;

    CustomerAccounts(Ledger ledger, FactLedger facts) {
        this.ledger = ledger;
        this.facts = facts;
        this.directory = new AccountDirectory(facts, Companies.READER);
    }

    /**
     * Who a claim is about.
     *
     * @param account the account it names or certainly is, null where there is none, or more than one
     * @param mergedInto where the account it names was merged away: the one that took it in
     */
    record Customer(
            CompanyIdentity identity,
            @Nullable Account account,
            @Nullable RecordId mergedInto) {}

    /**
     * What identifies the customer of a claim, with the records of the account it certainly is. The partner's own domain
     * identifies no customer: partners give themselves as the contact.
     */
    Customer of(Claim claim, @Nullable Partner partner) {
        CompanyIdentity stated = without(
                partner == null ? Set.of() : Companies.READER.of(partner).domains(),
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
            return new Customer(with(stated, Companies.READER.of(named.get())), named.get(), null);
        }
        if (claim.customer() != null) {
            return new Customer(
                    stated,
                    null,
                    directory.mergedInto(claim.customer(), ledger.sequence()).orElse(null));
        }
        List<CompanyDirectory.Found<RecordId>> same = directory.same(stated, ledger.sequence());
        Optional<Account> only = same.size() == 1
                ? facts.find(FactKind.ACCOUNT, same.get(0).company(), Account.class)
                : Optional.empty();
        return only.map(account -> new Customer(with(stated, Companies.READER.of(account)), account, null))
                .orElse(new Customer(stated, null, null));
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
}
