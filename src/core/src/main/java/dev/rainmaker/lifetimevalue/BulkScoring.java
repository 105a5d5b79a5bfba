package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.BulkSnapshots;
import dev.rainmaker.lifetimevalue.forecast.FittedFlow;
import dev.rainmaker.lifetimevalue.forecast.ForecastMethod;
import dev.rainmaker.lifetimevalue.forecast.Snapshot;
import dev.rainmaker.lifetimevalue.model.DealFlowModel;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Values millions of partners from columns of deals alone, without an object per deal: for a full rescore and for benchmarks. Gives
 * what {@link Plv#score} gives for partners of which nothing but deals is known.
 */
public final class BulkScoring {

    private BulkScoring() {}

    /**
     * Results by partner number.
     *
     * @param expected value in money over the horizon
     * @param probabilityAlive 0 for partners without a deal
     * @param score in hundredths of a point; that of an unknown partner without a deal
     */
    public record Columns(double[] expected, double[] probabilityAlive, int[] score) {}

    /**
     * Scores all partners.
     *
     * @param partners how many there are; numbers run from 0
     * @param partner number of the partner of each deal, in any order
     * @param day epoch day of each deal
     * @param amount of each deal; negative for a refund
     */
    public static Columns score(
            int partners,
            int[] partner,
            int[] day,
            double[] amount,
            Plv.Fitted fitted,
            PlvPolicy policy,
            LocalDate asOf) {
        Scorer scorer = new Scorer(partners, fitted, policy, asOf);
        BulkSnapshots.each(
                partners,
                partner,
                day,
                amount,
                (int) asOf.toEpochDay(),
                fitted.model().horizonDays(),
                fitted.model().observed((int) asOf.toEpochDay()),
                scorer::score);
        return scorer.columns;
    }

    private static final class Scorer {
        private final Columns columns;
        private final PlvModel model;
        private final PlvPolicy policy;
        private final ReferenceDistribution reference;
        private final ForecastMethod method;
        private final @Nullable DealFlowModel flow;
        private final double[] weights;
        private final double[] positions;
        private final double marginRate;

        Scorer(int partners, Plv.Fitted fitted, PlvPolicy policy, LocalDate asOf) {
            this.columns = new Columns(new double[partners], new double[partners], new int[partners]);
            this.model = fitted.model();
            this.reference = fitted.reference();
            this.policy = policy;
            this.method = ForecastMethod.of(model.method());
            FittedFlow sound = model.fitted().soundFlow();
            this.flow = sound == null ? null : sound.model();
            this.weights = Scoring.weights(policy, reference);
            PartnerHistory unknown = PartnerHistory.empty("unknown");
            double[] raw = PartnerMetrics.of(unknown, model, policy, asOf).raw();
            this.positions = new double[weights.length];
            for (PlvTerm term : PlvTerm.values()) {
                positions[term.ordinal()] = Scoring.position(term, raw[term.ordinal()], policy, reference);
            }
            this.marginRate = PartnerMetrics.marginRate(unknown, model);
            java.util.Arrays.fill(columns.score, total());
        }

        void score(int number, Snapshot partner) {
            if (partner.days() == 0) {
                return;
            }
            double expected = method.revenue(partner, model.fitted(), model.horizonDays()) * marginRate;
            double frequency;
            double alive;
            if (flow == null) {
                frequency = partner.daysInLastPeriod();
                alive = model.activity().probability(partner.days(), partner.recencyDays(), partner.ageDays());
            } else {
                int x = partner.repeats();
                double recency = partner.recencyWeeks();
                double age = partner.ageWeeks();
                frequency = flow.expectedDeals(x, recency, age, model.horizonDays() / 7.0);
                alive = flow.probabilityAlive(x, recency, age);
            }
            place(PlvTerm.VALUE, expected);
            place(PlvTerm.FREQUENCY, frequency);
            place(PlvTerm.SIZE, model.fitted().money().expected(partner.days(), partner.meanPerDay()));
            columns.expected[number] = expected;
            columns.probabilityAlive[number] = alive;
            columns.score[number] = total();
        }

        private void place(PlvTerm term, double metric) {
            positions[term.ordinal()] = Scoring.position(term, metric, policy, reference);
        }

        private int total() {
            long sum = 0;
            for (long points :
                    policy.geometric() ? Scoring.geometric(weights, positions) : Scoring.linear(weights, positions)) {
                sum += points;
            }
            return (int) sum;
        }
    }
}
