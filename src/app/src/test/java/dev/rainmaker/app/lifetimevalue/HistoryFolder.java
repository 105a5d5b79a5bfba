package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lifetimevalue.Certificate;
import dev.rainmaker.lifetimevalue.Deal;
import dev.rainmaker.lifetimevalue.DealHistory;
import dev.rainmaker.lifetimevalue.LeadOutcome;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PartnerTraits;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds all facts into partner histories from scratch: what incremental statistics are compared with. Facts of companies that are no partners are passed over.
 * Money is converted to the reporting currency at the rate of its own day; what has no rate is counted apart.
 */
final class HistoryFolder {

    private final PlvPolicy policy;
    private final ExchangeRates rates;
    private final LocalDate asOf;
    private final Map<RecordId, PartnerHistory> histories = new TreeMap<>();
    private final Map<RecordId, List<Deal>> deals = new HashMap<>();
    private long withoutRate;

    HistoryFolder(PlvPolicy policy, ExchangeRates rates, LocalDate asOf) {
        this.policy = policy;
        this.rates = rates;
        this.asOf = asOf;
    }

    void partner(Partner partner) {
        histories.put(
                partner.id(), PartnerHistory.empty(partner.id().toString()).withTraits(PartnerTraits.of(partner)));
    }

    void opportunity(Opportunity opportunity) {
        RecordId partner = opportunity.partner();
        if (partner == null || !histories.containsKey(partner)) {
            return;
        }
        LocalDate closed = opportunity.closeDate();
        Instant created = opportunity.createdAt();
        if (created == null ? closed == null || !closed.isAfter(asOf) : !day(created, asOf)) {
            histories.computeIfPresent(partner, (id, held) -> held.withOpportunity(opportunity.partnerSourced(), 1));
        }
        if (!opportunity.won() || closed == null || closed.isAfter(asOf)) {
            return;
        }
        Money amount = opportunity.amount();
        Optional<Money> revenue = amount == null ? Optional.empty() : rates.convert(amount, closed);
        if (amount != null && revenue.isEmpty()) {
            withoutRate++;
            return;
        }
        Money margin = opportunity.margin();
        Double known = margin == null
                ? null
                : rates.convert(margin, closed).map(HistoryFolder::number).orElse(null);
        deals.computeIfAbsent(partner, id -> new ArrayList<>())
                .add(Deal.of(
                        Math.toIntExact(closed.toEpochDay()),
                        revenue.map(HistoryFolder::number).orElse(0.0),
                        known));
    }

    private static double number(Money money) {
        return money.amount().doubleValue();
    }

    /**
     * A lead that a partner has or had.
     *
     * @param opportunity finds the opportunity that the lead became
     */
    void lead(Lead lead, Function<RecordId, @Nullable Opportunity> opportunity) {
        RecordId partner = lead.assignedPartner() != null ? lead.assignedPartner() : lead.previousPartner();
        if (partner == null || !histories.containsKey(partner) || day(lead.createdAt(), asOf)) {
            return;
        }
        LeadOutcome outcome = outcome(lead, opportunity);
        String leadClass = lead.leadClass() == null ? "" : lead.leadClass();
        histories.computeIfPresent(partner, (id, held) -> held.withLead(leadClass, outcome, 1));
        if (partner.equals(lead.sourcedBy())) {
            histories.computeIfPresent(partner, (id, held) -> held.withOpportunity(true, 1));
        }
    }

    private LeadOutcome outcome(Lead lead, Function<RecordId, @Nullable Opportunity> opportunity) {
        int assigned = day(lead.createdAt());
        RecordId became = lead.convertedOpportunity();
        Opportunity deal = became == null ? null : opportunity.apply(became);
        Integer won = deal != null && deal.won() && deal.closeDate() != null
                ? (Integer) Math.toIntExact(deal.closeDate().toEpochDay())
                : null;
        return LeadOutcome.of(assigned, won, Math.toIntExact(asOf.toEpochDay()), policy.leadWindowDays());
    }

    void engagement(Engagement engagement, @Nullable RecordId partner) {
        if (partner != null && !day(engagement.at(), asOf)) {
            histories.computeIfPresent(
                    partner,
                    (id, held) -> held.withEngagement(
                            engagement.type(), day(engagement.at()), 1, policy.engagementHalfLifeDays()));
        }
    }

    void training(TrainingRecord training, @Nullable RecordId partner) {
        if (partner == null || day(training.achievedAt(), asOf)) {
            return;
        }
        if (training.certification()) {
            Instant until = training.expiresAt();
            histories.computeIfPresent(
                    partner,
                    (id, held) -> held.withCertificate(new Certificate(
                            training.title(),
                            day(training.achievedAt()),
                            until == null ? null : (Integer) day(until))));
        } else {
            histories.computeIfPresent(
                    partner,
                    (id, held) -> held.withEngagement(
                            Engagement.Kind.TRAINING, day(training.achievedAt()), 1, policy.engagementHalfLifeDays()));
        }
    }

    void satisfaction(SatisfactionAnswer answer) {
        if (day(answer.at(), asOf)) {
            return;
        }
        histories.computeIfPresent(
                answer.partner(),
                (id, held) -> held.withSatisfaction(answer.value().doubleValue()));
    }

    private static boolean day(Instant at, LocalDate last) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().isAfter(last);
    }

    private static int day(Instant at) {
        return Math.toIntExact(at.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay());
    }

    /** The histories folded so far, by partner. */
    Map<RecordId, PartnerHistory> histories() {
        deals.forEach((partner, all) ->
                histories.computeIfPresent(partner, (id, held) -> held.withDeals(DealHistory.refold(all))));
        return histories;
    }

    /** Deals left out because their currency has no rate for their day. */
    long withoutRate() {
        return withoutRate;
    }
}
