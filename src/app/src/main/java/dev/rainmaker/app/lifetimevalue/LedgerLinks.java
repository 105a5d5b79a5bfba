package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Person;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What facts must know of others, read from the ledger one by one; what was read is kept for the batch. */
final class LedgerLinks implements Contributions.Links {

    private final FactLedger facts;
    private final Map<RecordId, @Nullable RecordId> companies = new HashMap<>();

    LedgerLinks(FactLedger facts) {
        this.facts = facts;
    }

    @Override
    public @Nullable Opportunity opportunity(RecordId id) {
        return facts.find(FactKind.OPPORTUNITY, id, Opportunity.class).orElse(null);
    }

    @Override
    public @Nullable RecordId companyOf(RecordId person) {
        if (!companies.containsKey(person)) {
            companies.put(
                    person,
                    facts.find(FactKind.PERSON, person, Person.class)
                            .map(Person::company)
                            .orElse(null));
        }
        return companies.get(person);
    }
}
