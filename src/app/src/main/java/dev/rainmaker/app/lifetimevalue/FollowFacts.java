package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.ContributionLedger;
import dev.rainmaker.app.ledger.ContributionLedger.FactKey;
import dev.rainmaker.app.ledger.FactChange;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PartnerTraits;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries changed facts over into partners' statistics. What a fact adds is worked out from the fact as it is now and compared with
 * what it was known to add, so that a change seen twice, late or in another order comes to the same.
 */
final class FollowFacts {

    /** From so many contributions on, the partners concerned are folded anew: cheaper than one by one. */
    private static final int BULK = 300;

    private final FactLedger facts;
    private final ContributionLedger contributions;
    private final ExchangeRates rates;

    FollowFacts(FactLedger facts, ContributionLedger contributions, ExchangeRates rates) {
        this.facts = facts;
        this.contributions = contributions;
        this.rates = rates;
    }

    /**
     * Applies changes, oldest first.
     *
     * @return companies that ceased to be partners
     */
    Set<RecordId> apply(List<FactChange> changes, PartnerStates states) {
        Map<FactKey, @Nullable Fact> latest = new LinkedHashMap<>();
        Map<RecordId, @Nullable Partner> partners = new LinkedHashMap<>();
        for (FactChange change : changes) {
            Fact fact = change.fact();
            @Nullable Fact current = change.begins() ? fact : null;
            if (fact instanceof Partner partner) {
                partners.put(partner.id(), change.begins() ? partner : null);
            } else if (fact instanceof Person person) {
                facts.ofPerson(person.id()).forEach(each -> latest.put(key(each), each));
            } else if (fact.kind() != FactKind.ACCOUNT) {
                latest.put(key(fact), current);
                if (fact instanceof Opportunity opportunity) {
                    facts.leadsThatBecame(opportunity.id()).forEach(lead -> latest.put(key(lead), lead));
                }
            }
        }
        List<Contribution> before = latest.isEmpty() ? List.of() : contributions.of(latest.keySet());
        List<Contribution> after = after(latest);
        Set<RecordId> touched = new HashSet<>(partners.keySet());
        before.forEach(each -> touched.add(each.partner()));
        after.forEach(each -> touched.add(each.partner()));
        states.load(touched);
        Set<RecordId> gone = partners(partners, states);
        if (before.size() + after.size() > BULK) {
            states.replaceInBulk(before, after);
        } else {
            states.replace(before, after);
        }
        return gone;
    }

    private List<Contribution> after(Map<FactKey, @Nullable Fact> latest) {
        Contributions reader = new Contributions(rates, new LedgerLinks(facts));
        List<Contribution> after = new ArrayList<>();
        latest.values().forEach(fact -> {
            if (fact != null) {
                after.addAll(reader.of(fact));
            }
        });
        return after;
    }

    private static Set<RecordId> partners(Map<RecordId, @Nullable Partner> changed, PartnerStates states) {
        Set<RecordId> gone = new HashSet<>();
        changed.forEach((id, partner) -> {
            if (partner == null) {
                states.noPartner(id);
                gone.add(id);
            } else {
                states.partner(id, PartnerTraits.of(partner));
            }
        });
        return gone;
    }

    private static FactKey key(Fact fact) {
        return new FactKey(fact.kind(), fact.id());
    }
}
