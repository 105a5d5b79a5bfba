package dev.rainmaker.app.evaluation;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of decisions. A decision that was withdrawn (declined, lapsed) earned nothing; of one that stands, the lead's deal
 * says. While a lead or its deal is open the outcome is censored, and where a person chose otherwise it is the person's.
 */
final class LeadOutcomes {

    private static final Outcome NOTHING = new Outcome(false, BigDecimal.ZERO, null);

    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final ExchangeRates rates;

    LeadOutcomes(FactLedger facts, DecisionLedger decisions, ExchangeRates rates) {
        this.facts = facts;
        this.decisions = decisions;
        this.rates = rates;
    }

    /**
     * @param amount of the won deal in the reporting currency, else 0
     * @param unusable why the outcome cannot be used, null where it can
     */
    record Outcome(boolean won, BigDecimal amount, @Nullable String unusable) {

        static Outcome unusable(String why) {
            return new Outcome(false, BigDecimal.ZERO, why);
        }
    }

    String currency() {
        return rates.reportingCurrency();
    }

    /** Outcomes by decision. */
    Map<String, Outcome> of(List<StoredDecision> asked) {
        Map<RecordId, Lead> leads = facts.findAll(
                FactKind.LEAD, asked.stream().map(StoredDecision::lead).toList(), Lead.class);
        Map<RecordId, Opportunity> deals = facts.findAll(
                FactKind.OPPORTUNITY,
                leads.values().stream()
                        .map(Lead::convertedOpportunity)
                        .filter(Objects::nonNull)
                        .toList(),
                Opportunity.class);
        Map<String, String> next =
                decisions.nextOutcomes(asked.stream().map(StoredDecision::id).toList());
        Map<String, Outcome> outcomes = new HashMap<>();
        for (StoredDecision each : asked) {
            outcomes.put(each.id(), of(each, next.get(each.id()), leads.get(each.lead()), deals));
        }
        return outcomes;
    }

    private Outcome of(
            StoredDecision decision, @Nullable String next, @Nullable Lead lead, Map<RecordId, Opportunity> deals) {
        if (decision.outcome().equals("offered")) {
            return Outcome.unusable("it was an offer, which has no propensity");
        }
        if ("overridden".equals(next)) {
            return Outcome.unusable("a person chose otherwise");
        }
        if (next != null) {
            return NOTHING; // withdrawn, or decided anew
        }
        if (lead == null) {
            return Outcome.unusable("the lead was deleted or merged");
        }
        if (lead.open() && !lead.converted()) {
            return Outcome.unusable("the lead is still open (censored)");
        }
        if (!lead.converted()) {
            return NOTHING;
        }
        Opportunity deal = lead.convertedOpportunity() == null ? null : deals.get(lead.convertedOpportunity());
        if (deal == null) {
            return Outcome.unusable("the lead's deal is not in the ledger");
        }
        if (!deal.closed()) {
            return Outcome.unusable("the lead's deal is still open (censored)");
        }
        return deal.won() ? won(deal) : NOTHING;
    }

    private Outcome won(Opportunity deal) {
        Money amount = deal.amount();
        if (amount == null) {
            return new Outcome(true, BigDecimal.ZERO, null);
        }
        LocalDate day = Objects.requireNonNull(deal.closeDate());
        return rates.convert(amount, day)
                .map(money -> new Outcome(true, money.amount(), null))
                .orElseGet(() -> Outcome.unusable("there is no exchange rate for " + amount.currency()));
    }
}
