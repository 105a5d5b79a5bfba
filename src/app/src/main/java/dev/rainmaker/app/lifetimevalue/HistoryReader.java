package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Histories from the ledger's current facts: of all partners in one sweep, or of a few from their own rows. */
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
        return new Folded(folder.histories(), folder.transactions(), folder.withoutRate());
    }

    /** The histories of some partners, from the rows that concern them. */
    Folded of(Collection<RecordId> partners, PlvPolicy policy, LocalDate asOf) {
        HistoryFolder folder = new HistoryFolder(policy, rates, asOf);
        for (RecordId id : partners) {
            facts.find(FactKind.PARTNER, id, Partner.class).ifPresent(partner -> {
                folder.partner(partner);
                facts.ofPartner(FactKind.OPPORTUNITY, id, Opportunity.class).forEach(folder::opportunity);
                facts.ofPartner(FactKind.LEAD, id, Lead.class)
                        .forEach(lead -> folder.lead(
                                lead,
                                opportunity -> facts.find(FactKind.OPPORTUNITY, opportunity, Opportunity.class)
                                        .orElse(null)));
                facts.ofPartner(FactKind.ENGAGEMENT, id, Engagement.class)
                        .forEach(engagement -> folder.engagement(engagement, id));
                facts.ofPartner(FactKind.TRAINING, id, TrainingRecord.class)
                        .forEach(training -> folder.training(training, id));
                facts.ofPartner(FactKind.SATISFACTION, id, SatisfactionAnswer.class)
                        .forEach(folder::satisfaction);
            });
        }
        return new Folded(folder.histories(), folder.transactions(), folder.withoutRate());
    }

    private static @Nullable RecordId partner(
            @Nullable RecordId stated, @Nullable RecordId person, Map<RecordId, RecordId> companies) {
        return stated != null ? stated : person == null ? null : companies.get(person);
    }

    /**
     * Histories by partner.
     *
     * @param deals that were folded
     * @param withoutRate deals left out because their currency has no rate
     */
    record Folded(Map<RecordId, PartnerHistory> histories, Transactions deals, long withoutRate) {}
}
