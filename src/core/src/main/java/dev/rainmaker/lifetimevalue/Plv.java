package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.FittedFlow;
import dev.rainmaker.lifetimevalue.forecast.Snapshot;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Entry to the partner lifetime value: learn from all partners, then value one. Pure functions; days and versions are given. */
public final class Plv {

    private Plv() {}

    /**
     * Learned from all partners at one instant.
     *
     * @param reference distribution of the metrics under that model and policy
     */
    public record Fitted(PlvModel model, ReferenceDistribution reference) {}

    /**
     * Fits the model from histories alone and freezes the reference distribution. Without deals nothing can be backtested: the
     * method is a stated default, or the last period where no model is usable, and intervals are a cautious guess.
     *
     * @param histories of all partners, folded up to {@code asOf}, in any order
     * @param asOf last day seen, inclusive
     * @param version names model and reference in results
     */
    public static Fitted fit(Collection<PartnerHistory> histories, PlvPolicy policy, LocalDate asOf, String version) {
        return fit(histories, null, policy, asOf, version, 0);
    }

    /**
     * Fits the model, chooses the method by rolling backtest, calibrates its intervals and freezes the reference distribution.
     * Works for any number of partners; {@link PlvModel#reason()} says what was chosen and why.
     *
     * @param histories of all partners, folded up to {@code asOf}, in any order
     * @param deals of these partners; later ones than {@code asOf} are not looked at
     * @param asOf last day seen, inclusive
     * @param version names model and reference in results
     * @param seed of the bootstrap that compares methods
     */
    public static Fitted fit(
            Collection<PartnerHistory> histories,
            @Nullable Transactions deals,
            PlvPolicy policy,
            LocalDate asOf,
            String version,
            long seed) {
        List<PartnerHistory> sorted = sorted(histories);
        PlvModel model = new ModelFit(sorted, deals, policy, asOf).fit(version, seed);
        return new Fitted(model, Freeze.freeze(sorted, model, policy, asOf, version));
    }

    /** Freezes the reference distribution of partners under an existing model. */
    public static ReferenceDistribution freeze(
            Collection<PartnerHistory> histories, PlvModel model, PlvPolicy policy, LocalDate asOf, String version) {
        return Freeze.freeze(sorted(histories), model, policy, asOf, version);
    }

    /** Sums of rounded numbers depend on their order; sorted, the order of partners changes nothing. */
    private static List<PartnerHistory> sorted(Collection<PartnerHistory> histories) {
        return histories.stream()
                .sorted(Comparator.comparing(PartnerHistory::partner))
                .toList();
    }

    /**
     * Values one partner; cost does not depend on its history or on other partners.
     *
     * @param asOf the day; if the history has a later deal, that deal's day counts instead
     */
    public static PlvResult score(
            PartnerHistory history, PlvModel model, ReferenceDistribution reference, PlvPolicy policy, LocalDate asOf) {
        if (!reference.modelVersion().equals(model.version())) {
            throw new IllegalArgumentException("reference " + reference.version() + " was frozen under model "
                    + reference.modelVersion() + ", not " + model.version() + ": freeze it again");
        }
        PartnerMetrics metrics = PartnerMetrics.of(history, model, policy, asOf);
        return Scoring.score(history, metrics, model, reference, policy, asOf);
    }

    /**
     * What is known of a partner's chance to win a lead and of its margin, for decisions that weigh one against the other.
     *
     * @param history folded up to the decision
     */
    public static WinningOdds odds(PartnerHistory history, PlvModel model) {
        return WinningOdds.of(history, model);
    }

    /**
     * What a partner is worth beyond the horizon: all its future deals, discounted, times its expected money per deal (margin where
     * known). Pareto/NBD has it in closed form; of the others the next ten years are summed.
     *
     * @return empty where no deal-flow model can be used, or the partner has not sold
     */
    public static OptionalDouble residualValue(
            PartnerHistory history, PlvModel model, PlvPolicy policy, LocalDate asOf) {
        FittedFlow pareto = model.fitted().flow("pareto-nbd");
        FittedFlow flow =
                pareto != null && pareto.sound() ? pareto : model.fitted().soundFlow();
        DealHistory deals = history.deals();
        if (flow == null || deals.days() == 0) {
            return OptionalDouble.empty();
        }
        int day = Math.max((int) asOf.toEpochDay(), deals.lastDay());
        Snapshot partner = PartnerMetrics.snapshot(deals, day, model.horizonDays(), model.observed(day));
        double perWeek = StrictMath.log1p(policy.yearlyDiscount()) / 52;
        double future = flow.model()
                .discountedDeals(partner.repeats(), partner.recencyWeeks(), partner.ageWeeks(), perWeek, 520);
        double money = model.fitted().money().expected(partner.days(), partner.meanPerDay());
        return OptionalDouble.of(future * money * PartnerMetrics.marginRate(history, model));
    }
}
