package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What facts add to partners' statistics. Money is converted to the reporting currency at the rate of its own day; a deal whose
 * currency has no rate for its day adds nothing and is counted.
 */
final class Contributions {

    /** Changes when the same fact adds something else than in an earlier release: statistics are then made anew. */
    private static final int FORM = 1;

    private final ExchangeRates rates;
    private final Links links;
    private long withoutRate;

    /** What a fact must know of others. */
    interface Links {

        /** The opportunity as it is now, null where there is none. */
        @Nullable
        Opportunity opportunity(RecordId id);

        /** The company a person works for, null where unknown. */
        @Nullable
        RecordId companyOf(RecordId person);
    }

    Contributions(ExchangeRates rates, Links links) {
        this.rates = rates;
        this.links = links;
    }

    /** A number that changes with whatever contributions depend on besides the facts. */
    static long basis(ExchangeRates rates) {
        return 31L * FORM + (rates.reportingCurrency() + rates.rates()).hashCode() + 1L;
    }

    /** What the fact adds; nothing where it concerns no company. */
    List<Contribution> of(Fact fact) {
        if (fact instanceof Opportunity opportunity) {
            return opportunity(opportunity);
        } else if (fact instanceof Lead lead) {
            return lead(lead);
        } else if (fact instanceof Engagement engagement) {
            RecordId partner = partner(engagement.partner(), engagement.person());
            String kind = engagement.type().name().toLowerCase(Locale.ROOT);
            return partner == null
                    ? List.of()
                    : List.of(plain(fact, Part.ENGAGEMENT, partner, day(engagement.at()), kind));
        } else if (fact instanceof TrainingRecord training) {
            return training(training);
        } else if (fact instanceof SatisfactionAnswer answer) {
            return List.of(new Contribution(
                    FactKind.SATISFACTION,
                    answer.id(),
                    Part.ANSWER,
                    answer.partner(),
                    day(answer.at()),
                    "",
                    answer.value().doubleValue(),
                    null,
                    null,
                    false));
        }
        return List.of();
    }

    private List<Contribution> opportunity(Opportunity opportunity) {
        RecordId partner = opportunity.partner();
        if (partner == null) {
            return List.of();
        }
        List<Contribution> result = new ArrayList<>(2);
        LocalDate closed = opportunity.closeDate();
        Instant created = opportunity.createdAt();
        int since = created != null ? day(created) : closed != null ? day(closed) : 0;
        result.add(brought(opportunity, partner, since, opportunity.partnerSourced()));
        if (opportunity.won() && closed != null) {
            deal(opportunity, partner, closed).ifPresent(result::add);
        }
        return result;
    }

    private Optional<Contribution> deal(Opportunity opportunity, RecordId partner, LocalDate closed) {
        Money amount = opportunity.amount();
        Optional<Double> revenue = amount == null ? Optional.of(0.0) : converted(amount, closed);
        if (revenue.isEmpty()) {
            withoutRate++;
            return Optional.empty();
        }
        Money margin = opportunity.margin();
        return Optional.of(new Contribution(
                FactKind.OPPORTUNITY,
                opportunity.id(),
                revenue.get() < 0 ? Part.CORRECTION : Part.DEAL,
                partner,
                day(closed),
                "",
                revenue.get(),
                margin == null ? null : converted(margin, closed).orElse(null),
                null,
                false));
    }

    private Optional<Double> converted(Money money, LocalDate day) {
        return rates.convert(money, day).map(Money::amount).map(Number::doubleValue);
    }

    private List<Contribution> lead(Lead lead) {
        RecordId partner = lead.assignedPartner() != null ? lead.assignedPartner() : lead.previousPartner();
        if (partner == null) {
            return List.of();
        }
        RecordId became = lead.convertedOpportunity();
        Opportunity deal = became == null ? null : links.opportunity(became);
        LocalDate won = deal != null && deal.won() ? deal.closeDate() : null;
        List<Contribution> result = new ArrayList<>(2);
        result.add(new Contribution(
                FactKind.LEAD,
                lead.id(),
                Part.LEAD,
                partner,
                day(lead.createdAt()),
                lead.leadClass() == null ? "" : lead.leadClass(),
                0,
                null,
                won == null ? null : (Integer) day(won),
                false));
        if (partner.equals(lead.sourcedBy())) {
            result.add(brought(lead, partner, day(lead.createdAt()), true));
        }
        return result;
    }

    private List<Contribution> training(TrainingRecord training) {
        RecordId partner = partner(training.partner(), training.person());
        if (partner == null) {
            return List.of();
        }
        int day = day(training.achievedAt());
        if (!training.certification()) {
            return List.of(plain(training, Part.ENGAGEMENT, partner, day, "training"));
        }
        Instant until = training.expiresAt();
        return List.of(new Contribution(
                FactKind.TRAINING,
                training.id(),
                Part.CERTIFICATE,
                partner,
                day,
                training.title(),
                0,
                null,
                until == null ? null : (Integer) day(until),
                false));
    }

    private static Contribution plain(Fact fact, Part part, RecordId partner, int day, String word) {
        return new Contribution(fact.kind(), fact.id(), part, partner, day, word, 0, null, null, false);
    }

    private static Contribution brought(Fact fact, RecordId partner, int day, boolean byPartner) {
        return new Contribution(fact.kind(), fact.id(), Part.OPPORTUNITY, partner, day, "", 0, null, null, byPartner);
    }

    private @Nullable RecordId partner(@Nullable RecordId stated, @Nullable RecordId person) {
        return stated != null ? stated : person == null ? null : links.companyOf(person);
    }

    private static int day(Instant at) {
        return day(at.atZone(ZoneOffset.UTC).toLocalDate());
    }

    private static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    /** Deals left out because their currency has no rate for their day. */
    long withoutRate() {
        return withoutRate;
    }
}
