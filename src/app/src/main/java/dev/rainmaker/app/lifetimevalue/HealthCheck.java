package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.HistoryLedger.PartnerState;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.LearnedWeights;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.ScoreTerm;
import dev.rainmaker.lifetimevalue.TermPolicy;
import dev.rainmaker.lifetimevalue.forecast.Backtest;
import dev.rainmaker.lifetimevalue.forecast.BacktestOptions;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks how a model, and the stated weights, would have done on the past that the ledger holds. */
final class HealthCheck {

    private final Rebuild all;
    private final PlvPolicy policy;
    private final LocalDate asOf;
    private final long seed;

    HealthCheck(Rebuild all, PlvPolicy policy, LocalDate asOf, long seed) {
        this.all = all;
        this.policy = policy;
        this.asOf = asOf;
        this.seed = seed;
    }

    /**
     * Looks.
     *
     * @param partners how many were fitted
     * @param began nano time at which fitting began
     */
    ModelHealth of(Plv.Fitted fitted, Transactions deals, int partners, Instant now, long began) {
        BacktestReport report = null;
        String untested = null;
        try {
            report = Backtest.run(deals, new BacktestOptions(policy.horizonDays(), asOf, java.util.List.of(), seed));
        } catch (IllegalArgumentException tooShort) {
            untested = tooShort.getMessage();
        }
        LearnedWeights learned = null;
        String unlearned = null;
        try {
            learned = learn(fitted, deals);
        } catch (IllegalArgumentException tooFew) {
            unlearned = tooFew.getMessage();
        }
        return new ModelHealth(
                now,
                partners,
                deals.size(),
                all.withoutRate(),
                seed,
                (System.nanoTime() - began) / 1e9,
                report,
                untested,
                learned,
                unlearned);
    }

    /** Positions one horizon ago against what came since; partners that had not sold by then say nothing. */
    private LearnedWeights learn(Plv.Fitted fitted, Transactions deals) {
        LocalDate then = asOf.minusDays(policy.horizonDays());
        int day = (int) then.toEpochDay();
        Map<String, Double> came = came(deals, day);
        Map<RecordId, PartnerState> states = all.states(new Folding(policy), day, day);
        double[][] positions = states.values().stream()
                .filter(state -> state.now().deals().days() > 0)
                .map(state -> Plv.score(state.now(), fitted.model(), fitted.reference(), policy, then))
                .map(HealthCheck::positions)
                .toArray(double[][]::new);
        double[] outcome = states.values().stream()
                .filter(state -> state.now().deals().days() > 0)
                .mapToDouble(state -> came.getOrDefault(state.now().partner(), 0.0))
                .toArray();
        return LearnedWeights.propose(positions, outcome, stated(fitted), seed);
    }

    private static double[] positions(PlvResult result) {
        return result.terms().stream().mapToDouble(ScoreTerm::position).toArray();
    }

    private static Map<String, Double> came(Transactions deals, int after) {
        Map<String, Double> came = new HashMap<>();
        for (int i = 0; i < deals.partners(); i++) {
            for (int row = deals.start(i); row < deals.start(i + 1); row++) {
                if (deals.day(row) > after) {
                    came.merge(deals.partner(i), deals.amount(row), Double::sum);
                }
            }
        }
        return came;
    }

    /** The stated weights without the terms that the tenant lacks, summing to 1. */
    private double[] stated(Plv.Fitted fitted) {
        double[] weights = new double[PlvTerm.values().length];
        double sum = 0;
        for (PlvTerm term : PlvTerm.values()) {
            @Nullable TermPolicy stated = policy.terms().get(term);
            if (stated != null && !fitted.reference().drops(term)) {
                weights[term.ordinal()] = stated.weight().doubleValue();
                sum += weights[term.ordinal()];
            }
        }
        for (int i = 0; i < weights.length && sum > 0; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
