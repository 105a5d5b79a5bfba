package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DealCustomerLedger;
import dev.rainmaker.app.ledger.DealFacts;
import dev.rainmaker.app.ledger.DealLockLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.dealregistration.ConflictFacts;
import dev.rainmaker.dealregistration.ConflictFacts.Kin;
import dev.rainmaker.dealregistration.ConflictFacts.Named;
import dev.rainmaker.dealregistration.ConflictFacts.Near;
import dev.rainmaker.dealregistration.ConflictFacts.Open;
import dev.rainmaker.dealregistration.DealPolicy;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what the conflict check looks at. */
final class ConflictLookup {

    private final FactLedger facts;
    private final DealFacts dealFacts;
    private final RegistrationLedger registrations;
    private final DealLockLedger locks;
    private final DealCustomerLedger customers;

    ConflictLookup(
            FactLedger facts,
            DealFacts dealFacts,
            RegistrationLedger registrations,
            DealLockLedger locks,
            DealCustomerLedger customers) {
        this.facts = facts;
        this.dealFacts = dealFacts;
        this.registrations = registrations;
        this.locks = locks;
        this.customers = customers;
    }

    ConflictFacts facts(Registration registration, CompanyIdentity identity, List<Near> near, DealPolicy policy) {
        Instant now = registrations.now();
        Set<RecordId> accounts = identity.records();
        Instant today = now.atZone(policy.zone())
                .toLocalDate()
                .atStartOfDay(policy.zone())
                .toInstant();
        return new ConflictFacts(
                registration,
                now,
                locks.liveOn(registration.customer()).stream()
                        .map(lock -> new Named<>(lock, name(lock.partner())))
                        .toList(),
                registrations.openOf(registration.customer()).stream()
                        .map(other -> new Named<>(other, name(other.partner())))
                        .toList(),
                direct(accounts),
                leads(identity),
                namedPartner(accounts),
                group(registration, accounts),
                near,
                registrations.countWaiting(registration.partner(), registration.number()),
                registrations.countSince(registration.partner(), today, registration.number()),
                locks.countLive(registration.partner()));
    }

    /** The name of a partner, its id where the ledger has lost it. */
    String name(RecordId partner) {
        return facts.find(FactKind.PARTNER, partner, Partner.class)
                .map(Partner::name)
                .orElseGet(partner::toString);
    }

    private List<Open> direct(Set<RecordId> accounts) {
        return dealFacts.openDeals(accounts).stream()
                .filter(deal -> deal.partner() == null)
                .map(deal -> new Open(deal.id(), deal.id(), "opportunity " + title(deal), scope(deal.products())))
                .toList();
    }

    private static String title(Opportunity deal) {
        return deal.name() == null ? deal.id().id() : deal.name();
    }

    private static ProductScope scope(Set<String> products) {
        return new ProductScope(products);
    }

    private List<Named<Open>> leads(CompanyIdentity identity) {
        List<Named<Open>> found = new ArrayList<>();
        for (Lead lead : leadsOf(identity)) {
            RecordId holder = lead.assignedPartner() == null ? lead.previousPartner() : lead.assignedPartner();
            if (holder != null) {
                found.add(new Named<>(
                        new Open(lead.id(), holder, "lead " + lead.id().id(), scope(lead.products())), name(holder)));
            }
        }
        return found;
    }

    /** Open leads that certainly are of a company. */
    List<Lead> leadsOf(CompanyIdentity identity) {
        Set<String> words = new TreeSet<>();
        if (identity.name() != null) {
            String key = identity.name().key();
            words.add(key.substring(0, Math.min(4, key.length())).toLowerCase(Locale.ROOT));
        }
        return dealFacts.openLeads(identity.domains(), words).stream()
                .filter(lead -> CompanyMatch.between(identity, Companies.READER.of(lead))
                        .isSame())
                .toList();
    }

    /** Open opportunities of a company. */
    List<Opportunity> dealsOf(CompanyIdentity identity) {
        return dealFacts.openDeals(identity.records());
    }

    private @Nullable Named<RecordId> namedPartner(Set<RecordId> accounts) {
        return accounts.stream()
                .flatMap(id -> facts.find(FactKind.ACCOUNT, id, Account.class).stream())
                .map(Account::namedPartner)
                .filter(Objects::nonNull)
                .findFirst()
                .map(partner -> new Named<>(partner, name(partner)))
                .orElse(null);
    }

    private List<Named<Kin>> group(Registration registration, Set<RecordId> accounts) {
        List<Named<Kin>> kin = new ArrayList<>();
        List<Account> own = accounts.stream()
                .flatMap(id -> facts.find(FactKind.ACCOUNT, id, Account.class).stream())
                .toList();
        Set<RecordId> parents = new TreeSet<>();
        own.forEach(account -> {
            if (account.parent() != null && !accounts.contains(account.parent())) {
                parents.add(account.parent());
            }
        });
        parents.forEach(parent -> facts.find(FactKind.ACCOUNT, parent, Account.class)
                .ifPresent(account -> kin.addAll(claims(registration, account, "parent"))));
        dealFacts.children(accounts).forEach(child -> kin.addAll(claims(registration, child, "subsidiary")));
        if (!parents.isEmpty()) {
            dealFacts.children(parents).stream()
                    .filter(sister -> !accounts.contains(sister.id()))
                    .forEach(sister -> kin.addAll(claims(registration, sister, "sister company")));
        }
        return kin;
    }

    private List<Named<Kin>> claims(Registration registration, Account relative, String relation) {
        CompanyIdentity identity = new CompanyIdentity(Set.of(relative.id()), Set.of(), null, null, Set.of());
        List<Named<Kin>> found = new ArrayList<>();
        for (String customer : customers.candidates(identity).keySet()) {
            if (customer.equals(registration.customer())) {
                continue;
            }
            for (Registration open : registrations.openOf(customer)) {
                found.add(new Named<>(
                        new Kin(open.partner(), open.number(), relative.name(), relation, open.scope()),
                        name(open.partner())));
            }
        }
        return found;
    }
}
