package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A view of how market development funds could go to where they return most. Past return is not proof that the funds caused it.
 *
 * @param spent funds the partner had over the past period
 * @param returned expected value per unit of funds, shrunk to the programme's
 * @param suggested funds out of the budget
 */
public record Allocation(String partner, double spent, double expectedValue, double returned, double suggested) {

    /** What is known of one partner. */
    public record Spending(String partner, double spent, double expectedValue) {
        public Spending {
            if (!(spent >= 0) || Double.isNaN(expectedValue)) {
                throw new IllegalArgumentException("funds of " + partner + " must not be negative: " + spent);
            }
        }
    }

    /**
     * Splits a budget: best return first, each up to a share of the budget, so that no partner gets everything.
     *
     * @param mostShare largest share of the budget for one partner, above 0, at most 1
     */
    public static List<Allocation> of(List<Spending> partners, double budget, double mostShare) {
        if (!(budget >= 0) || !(mostShare > 0 && mostShare <= 1)) {
            throw new IllegalArgumentException(
                    "the budget must not be negative and the largest share in (0, 1]: " + budget + ", " + mostShare);
        }
        double spent = partners.stream().mapToDouble(Spending::spent).sum();
        double value = partners.stream().mapToDouble(Spending::expectedValue).sum();
        double programme = spent > 0 ? value / spent : 0;
        double strength = partners.isEmpty() ? 0 : spent / partners.size();
        List<Allocation> ranked = new ArrayList<>();
        for (Spending each : partners) {
            double returned = spent > 0
                    ? (each.expectedValue() + strength * programme) / (each.spent() + strength)
                    : each.expectedValue();
            ranked.add(new Allocation(each.partner(), each.spent(), each.expectedValue(), returned, 0));
        }
        ranked.sort(Comparator.comparingDouble((Allocation each) -> -each.returned())
                .thenComparing(Allocation::partner));
        List<Allocation> result = new ArrayList<>();
        double left = budget;
        for (Allocation each : ranked) {
            double given = each.returned() > 0 ? Math.min(left, mostShare * budget) : 0;
            left -= given;
            result.add(new Allocation(each.partner(), each.spent(), each.expectedValue(), each.returned(), given));
        }
        return result;
    }
}
