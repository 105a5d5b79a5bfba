package dev.rainmaker.app.evaluation;

import dev.rainmaker.assignment.evaluation.LoggedDecision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decisions of the ledger with their chances and what became of them; those that cannot be used are counted by reason. */
public final class JudgedDecisions {

    private final String currency;
    private final List<Row> rows = new ArrayList<>();
    private final SortedMap<String, Integer> leftOut = new TreeMap<>();

    JudgedDecisions(String currency) {
        this.currency = currency;
    }

    /** What counts as a decision's success. */
    public enum Reward {
        /** 1 for a won deal, 0 for a lost lead. */
        WON,
        /** The amount of the won deal, 0 for a lost lead. */
        VALUE
    }

    /**
     * @param propensity chance of the choice under the policy that made it
     * @param target chance of the choice under the draft
     * @param believed chance to win that the chosen partner was believed to have
     * @param expected chance to win that the draft's partners were believed to have, weighed by their chances
     * @param cluster the customer
     */
    record Row(
            String id,
            double propensity,
            double target,
            LeadOutcomes.Outcome outcome,
            double believed,
            double expected,
            String cluster) {}

    void add(Row row) {
        rows.add(row);
    }

    void leaveOut(String why) {
        leftOut.merge(why, 1, Integer::sum);
    }

    /** How many can be used. */
    public int usable() {
        return rows.size();
    }

    /** How many cannot, by reason. */
    public SortedMap<String, Integer> leftOut() {
        return java.util.Collections.unmodifiableSortedMap(leftOut);
    }

    public String currency() {
        return currency;
    }

    /** The log for one kind of reward. Where money counts, a won deal is believed to be worth what they were on average. */
    public DecisionLog log(Reward reward) {
        double deal = reward == Reward.WON
                ? 1
                : rows.stream()
                        .map(row -> row.outcome().amount())
                        .filter(amount -> amount.signum() > 0)
                        .mapToDouble(BigDecimal::doubleValue)
                        .average()
                        .orElse(0);
        List<LoggedDecision> log = rows.stream()
                .map(row -> new LoggedDecision(
                        row.id(),
                        row.propensity(),
                        row.target(),
                        reward == Reward.WON
                                ? row.outcome().won() ? 1 : 0
                                : row.outcome().amount().doubleValue(),
                        row.believed() * deal,
                        row.expected() * deal,
                        row.cluster(),
                        true))
                .toList();
        int rejected = leftOut.values().stream().mapToInt(Integer::intValue).sum();
        List<String> notes = new ArrayList<>();
        leftOut.forEach((why, count) -> notes.add(count + " of " + (rows.size() + rejected) + " left out: " + why));
        return new DecisionLog(log, rows.size() + rejected, rejected, List.of(), 0, 0, false, notes);
    }
}
