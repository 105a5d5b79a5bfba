package dev.rainmaker.app.evaluation;

import dev.rainmaker.assignment.evaluation.EvaluatePolicy;
import dev.rainmaker.assignment.evaluation.Evaluation;
import dev.rainmaker.assignment.evaluation.EvaluationRules;
import dev.rainmaker.assignment.evaluation.LoggedDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Logged decisions as a file gave them.
 *
 * @param decisions the usable ones
 * @param rows of the file, usable or not
 * @param rejected rows that cannot be used
 * @param rejects the first of them, with line and reason
 * @param impossible rejected rows whose choice the logged policy could not have made (propensity 0) but the candidate could
 * @param halfModelled usable rows that lack one or both modelled rewards although the file has columns for them
 * @param estimated whether a propensity was estimated afterwards
 * @param notes what the reader should know, such as columns that were not used
 */
public record DecisionLog(
        List<LoggedDecision> decisions,
        int rows,
        int rejected,
        List<Reject> rejects,
        int impossible,
        int halfModelled,
        boolean estimated,
        List<String> notes) {

    /** Above this share of unusable rows, what is left says nothing about the whole. */
    private static final double MOST_REJECTED = .2;

    public DecisionLog {
        decisions = List.copyOf(decisions);
        rejects = List.copyOf(rejects);
        notes = List.copyOf(notes);
    }

    /** A row that cannot be used. */
    public record Reject(long line, String reason) {}

    /** The evaluation; empty where no row can be used. */
    public Optional<Evaluation> evaluate(EvaluationRules rules) {
        if (decisions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(EvaluatePolicy.evaluate(decisions, estimated ? rules.estimated() : rules, refusals(rules)));
    }

    /** Why these rows allow no verdict, whatever their numbers say. */
    private List<String> refusals(EvaluationRules rules) {
        List<String> refusals = new ArrayList<>();
        if (impossible > rules.mostMassBelowFloor() * rows) {
            refusals.add(text(
                    "%.1f %% of the rows have propensity 0 where the candidate policy would choose: no overlap",
                    100.0 * impossible / rows));
        }
        if (rejected > MOST_REJECTED * rows) {
            refusals.add(
                    text("%.1f %% of the rows cannot be used: the rest may be another mix", 100.0 * rejected / rows));
        }
        return refusals;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
