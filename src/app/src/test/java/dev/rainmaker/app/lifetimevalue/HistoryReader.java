package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Histories of all partners from the ledger's current facts, without any of the statistics that the ledger keeps. */
final class HistoryReader {

    private final FactLedger facts;
    private final ExchangeRates rates;

    HistoryReader(FactLedger facts, ExchangeRates rates) {
        this.facts = facts;
        this.rates = rates;
    }

    /** All partners' histories; each kind of fact is read once. */
    Folded all(PlvPolicy policy, LocalDate asOf) {
        HistoryFolder folder = new HistoryFolder(policy, rates, asOf);
        facts.forEach(FactKind.PARTNER, Partner.class, folder::partner);
        Map<RecordId, Opportunity> won = new HashMap<>();
        facts.forEach(FactKind.OPPORTUNITY, Opportunity.class, opportunity -> {
            folder.opportunity(opportunity);
            if (opportunity.won()) {
                won.put(opportunity.id(), opportunity);
            }
        });
        facts.forEach(FactKind.LEAD, Lead.class, lead -> folder.lead(lead, won::get));
        Map<RecordId, RecordId> companies = new HashMap<>();
        facts.forEach(FactKind.PERSON, Person.class, person -> {
            if (person.company() != null) {
                companies.put(person.id(), person.company());
            }
        });
        facts.forEach(
                FactKind.ENGAGEMENT,
                Engagement.class,
                engagement ->
                        folder.engagement(engagement, partner(engagement.partner(), engagement.person(), companies)));
        facts.forEach(
                FactKind.TRAINING,
                TrainingRecord.class,
                training -> folder.training(training, partner(training.partner(), training.person(), companies)));
        facts.forEach(FactKind.SATISFACTION, SatisfactionAnswer.class, folder::satisfaction);
        return new Folded(folder.histories(), folder.withoutRate());
    }

    private static @Nullable RecordId partner(
            @Nullable RecordId stated, @Nullable RecordId person, Map<RecordId, RecordId> companies) {
        return stated != null ? stated : person == null ? null : companies.get(person);
    }

    /**
     * Histories by partner.
     *
     * @param withoutRate deals left out because their currency has no rate
     */
    record Folded(Map<RecordId, PartnerHistory> histories, long withoutRate) {}
}
