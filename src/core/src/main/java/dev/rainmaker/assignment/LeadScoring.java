package dev.rainmaker.assignment;

import dev.rainmaker.fact.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small scoring rule that gives a lead its class and value where the source states none.
 *
 * @param points what adds points, in the order of the policy
 * @param classes from the fewest points to the most
 */
public record LeadScoring(List<Points> points, List<LeadClass> classes) {

    /** Class and value come from the source alone. */
    public static final LeadScoring NONE = new LeadScoring(List.of(), List.of());

    /**
     * @param when when it counts
     * @param points may be negative
     */
    public record Points(Condition when, int points) {}

    /**
     * @param from least points of this class
     * @param value what such a lead is worth where its source states no value
     */
    public record LeadClass(String name, int from, @Nullable Money value) {}

    public LeadScoring {
        points = List.copyOf(points);
        classes = classes.stream()
                .sorted(Comparator.comparingInt(LeadClass::from))
                .toList();
        for (int i = 1; i < classes.size(); i++) {
            if (classes.get(i).from() == classes.get(i - 1).from()) {
                throw new IllegalArgumentException(
                        "lead classes \"" + classes.get(i - 1).name() + "\" and \""
                                + classes.get(i).name() + "\" begin at the same points: "
                                + classes.get(i).from());
            }
        }
    }

    LeadView view(LeadFacts facts, Instant now) {
        LeadView stated =
                new LeadView(facts, 0, facts.lead().value(), facts.lead().leadClass(), now);
        if (points.isEmpty() && classes.isEmpty()) {
            return stated;
        }
        int sum = 0;
        for (Points each : points) {
            if (each.when().test(stated)) {
                sum += each.points();
            }
        }
        LeadClass found = classOf(sum, stated.leadClass());
        Money value = stated.value() != null ? stated.value() : found == null ? null : found.value();
        String name = stated.leadClass() != null ? stated.leadClass() : found == null ? null : found.name();
        return new LeadView(facts, sum, value, name, now);
    }

    private @Nullable LeadClass classOf(int sum, @Nullable String stated) {
        LeadClass found = null;
        for (LeadClass each : classes) {
            if (stated == null ? each.from() <= sum : each.name().equalsIgnoreCase(stated)) {
                found = each;
            }
        }
        return found;
    }
}
