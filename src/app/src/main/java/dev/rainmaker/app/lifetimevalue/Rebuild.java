package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.HistoryLedger.PartnerState;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PartnerTraits;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.forecast.TransactionsBuilder;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All partners' statistics from all current facts; each kind of fact is read once. */
final class Rebuild {

    private final Map<RecordId, PartnerTraits> partners =
            new TreeMap<>(java.util.Comparator.comparing(RecordId::toString));
    private final Map<RecordId, List<Contribution>> byCompany = new HashMap<>();
    private final List<Contribution> contributions = new ArrayList<>();
    private final String currency;
    private final long withoutRate;

    private Rebuild(FactLedger facts, ExchangeRates rates) {
        currency = rates.reportingCurrency();
        facts.forEach(
                FactKind.PARTNER, Partner.class, partner -> partners.put(partner.id(), PartnerTraits.of(partner)));
        Known known = new Known();
        Contributions reader = new Contributions(rates, known);
        facts.forEach(FactKind.OPPORTUNITY, Opportunity.class, opportunity -> {
            take(reader.of(opportunity));
            if (opportunity.won()) {
                known.won.put(opportunity.id(), opportunity);
            }
        });
        facts.forEach(FactKind.LEAD, Lead.class, lead -> take(reader.of(lead)));
        facts.forEach(FactKind.PERSON, Person.class, person -> {
            if (person.company() != null) {
                known.companies.put(person.id(), person.company());
            }
        });
        each(facts, FactKind.ENGAGEMENT, Engagement.class, reader);
        each(facts, FactKind.TRAINING, TrainingRecord.class, reader);
        each(facts, FactKind.SATISFACTION, SatisfactionAnswer.class, reader);
        withoutRate = reader.withoutRate();
    }

    private <F extends Fact> void each(FactLedger facts, FactKind kind, Class<F> type, Contributions reader) {
        facts.forEach(kind, type, fact -> take(reader.of(fact)));
    }

    static Rebuild of(FactLedger facts, ExchangeRates rates) {
        return new Rebuild(facts, rates);
    }

    private void take(List<Contribution> added) {
        for (Contribution each : added) {
            contributions.add(each);
            byCompany
                    .computeIfAbsent(each.partner(), first -> new ArrayList<>())
                    .add(each);
        }
    }

    /** Everything that facts add, also to companies that are no partners. */
    List<Contribution> contributions() {
        return contributions;
    }

    /** The statistics of all partners as of two days. */
    Map<RecordId, PartnerState> states(Folding folding, int asOf, int earlier) {
        Map<RecordId, PartnerState> states = new TreeMap<>(java.util.Comparator.comparing(RecordId::toString));
        partners.forEach((id, traits) -> {
            PartnerHistory blank = PartnerHistory.empty(id.toString()).withTraits(traits);
            List<Contribution> own = byCompany.getOrDefault(id, List.of());
            states.put(id, new PartnerState(id, folding.refold(blank, own, asOf), folding.refold(blank, own, earlier)));
        });
        return states;
    }

    /** The partners' deals and corrections up to a day, for a backtest. */
    Transactions deals(LocalDate asOf) {
        TransactionsBuilder rows = Transactions.builder().in(currency);
        for (Contribution each : contributions) {
            boolean money = each.part() == Part.DEAL || each.part() == Part.CORRECTION;
            if (money && each.day() <= asOf.toEpochDay() && partners.containsKey(each.partner())) {
                rows.add(
                        0,
                        each.partner().toString(),
                        LocalDate.ofEpochDay(each.day()),
                        each.amount(),
                        each.margin(),
                        null);
            }
        }
        return rows.build();
    }

    /** Deals left out because their currency has no rate for their day. */
    long withoutRate() {
        return withoutRate;
    }

    private static final class Known implements Contributions.Links {
        private final Map<RecordId, Opportunity> won = new HashMap<>();
        private final Map<RecordId, RecordId> companies = new HashMap<>();

        @Override
        public @Nullable Opportunity opportunity(RecordId id) {
            return won.get(id);
        }

        @Override
        public @Nullable RecordId companyOf(RecordId person) {
            return companies.get(person);
        }
    }
}
