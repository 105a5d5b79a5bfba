package dev.rainmaker.assignment.evaluation;

import dev.rainmaker.fact.Text;

/**
 * One logged decision with its outcome.
 *
 * @param id of the decision
 * @param propensity probability with which the logged policy chose what it chose, over 0 up to 1
 * @param target probability with which the candidate policy would have chosen it, 0..1
 * @param reward what came of it, such as 1 for won and 0 for lost, or money
 * @param qAction modelled reward of the logged choice, NaN where there is no model
 * @param qTarget modelled reward of the candidate policy on this lead, NaN where there is no model
 * @param cluster what outcomes are alike within, such as the account; decisions of one cluster are drawn together
 * @param mature whether the outcome window had passed when the reward was read
 */
public record LoggedDecision(
        String id,
        double propensity,
        double target,
        double reward,
        double qAction,
        double qTarget,
        String cluster,
        boolean mature) {

    public LoggedDecision {
        id = Text.required(id, "the decision's id");
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException(
                    "decision " + id + ": the propensity lies over 0 up to 1, not " + propensity);
        }
        if (!(target >= 0 && target <= 1)) {
            throw new IllegalArgumentException(
                    "decision " + id + ": the target propensity lies in 0..1, not " + target);
        }
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("decision " + id + ": the reward must be a number, not " + reward);
        }
        if (Double.isNaN(qAction) != Double.isNaN(qTarget)) {
            throw new IllegalArgumentException("decision " + id + ": give both modelled rewards or none");
        }
    }

    /** A mature decision without modelled rewards, a cluster of its own. */
    public static LoggedDecision of(String id, double propensity, double target, double reward) {
        return new LoggedDecision(id, propensity, target, reward, Double.NaN, Double.NaN, id, true);
    }

    double weight() {
        return target / propensity;
    }

    boolean modelled() {
        return !Double.isNaN(qAction);
    }
}
