package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.lifetimevalue.Certificate;
import dev.rainmaker.lifetimevalue.Deal;
import dev.rainmaker.lifetimevalue.DealHistory;
import dev.rainmaker.lifetimevalue.LeadOutcome;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How contributions become statistics as of a day. What lies after that day does not count yet; a lead is open until the policy's
 * window has passed. Each step costs the same whatever came before.
 */
record Folding(PlvPolicy policy) {

    /**
     * Adds a contribution.
     *
     * @param newDay whether no other deal of the partner lies on its day; read for deals only
     */
    PartnerHistory add(PartnerHistory history, Contribution added, int asOf, boolean newDay) {
        if (added.day() > asOf) {
            return history;
        }
        return switch (added.part()) {
            case DEAL, CORRECTION -> history.withDeal(deal(added), newDay);
            case OPPORTUNITY -> history.withOpportunity(added.sourced(), 1);
            case LEAD -> history.withLead(added.word(), outcome(added, asOf), 1);
            case CERTIFICATE -> history.withCertificate(certificate(added));
            case ENGAGEMENT -> engaged(history, added, 1);
            case ANSWER -> history.withSatisfaction(added.amount());
        };
    }

    /**
     * What else there is where a contribution was taken back.
     *
     * @param noDeal no other deal of the partner lies on its day
     * @param nothing neither a deal nor a correction does
     * @param same the partner holds the very same certificate through somebody else
     */
    record Left(boolean noDeal, boolean nothing, boolean same) {}

    /** Takes a contribution back; null where only a refold of the partner's deals tells what remains. */
    @Nullable
    PartnerHistory remove(PartnerHistory history, Contribution gone, int asOf, Left left) {
        if (gone.day() > asOf) {
            return history;
        }
        return switch (gone.part()) {
            case DEAL, CORRECTION -> {
                DealHistory deals = history.deals().without(deal(gone), left.noDeal(), left.nothing());
                yield deals == null ? null : history.withDeals(deals);
            }
            case OPPORTUNITY -> history.withOpportunity(gone.sourced(), -1);
            case LEAD -> history.withLead(gone.word(), outcome(gone, asOf), -1);
            case CERTIFICATE -> left.same() ? history : history.withoutCertificate(certificate(gone));
            case ENGAGEMENT -> engaged(history, gone, -1);
            case ANSWER -> history.withSatisfaction(history.satisfaction().minus(gone.amount()));
        };
    }

    /** Moves a lead whose window ends between two days from open to won or lost. */
    PartnerHistory settle(PartnerHistory history, Contribution lead, int asOf) {
        return history.withLead(lead.word(), LeadOutcome.OPEN, -1).withLead(lead.word(), outcome(lead, asOf), 1);
    }

    /** Statistics from scratch. */
    PartnerHistory refold(PartnerHistory traits, List<Contribution> all, int asOf) {
        PartnerHistory history = PartnerHistory.empty(traits.partner()).withTraits(traits.traits());
        for (Contribution each : all) {
            if (each.part() != Part.DEAL && each.part() != Part.CORRECTION) {
                history = add(history, each, asOf, false);
            }
        }
        return history.withDeals(deals(all, asOf));
    }

    /** The deals among the contributions, from scratch. */
    DealHistory deals(List<Contribution> all, int asOf) {
        List<Deal> deals = new ArrayList<>();
        for (Contribution each : all) {
            if ((each.part() == Part.DEAL || each.part() == Part.CORRECTION) && each.day() <= asOf) {
                deals.add(deal(each));
            }
        }
        return DealHistory.refold(deals);
    }

    private PartnerHistory engaged(PartnerHistory history, Contribution each, double weight) {
        return history.withEngagement(
                Engagement.Kind.valueOf(each.word().toUpperCase(Locale.ROOT)),
                each.day(),
                weight,
                policy.engagementHalfLifeDays());
    }

    LeadOutcome outcome(Contribution lead, int asOf) {
        return LeadOutcome.of(lead.day(), lead.untilDay(), asOf, policy.leadWindowDays());
    }

    private static Deal deal(Contribution each) {
        return new Deal(each.day(), each.amount(), each.margin(), each.part() == Part.CORRECTION);
    }

    private static Certificate certificate(Contribution each) {
        return new Certificate(each.word(), each.day(), each.untilDay());
    }
}
