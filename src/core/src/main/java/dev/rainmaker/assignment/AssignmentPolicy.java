package dev.rainmaker.assignment;

import dev.rainmaker.fact.Text;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ordered rules: the first whose condition holds and whose pool has somebody decides.
 *
 * @param version what the ledger calls this version (name and content hash); it enters the seed and every receipt, so two
 *     policies that differ must not share it
 * @param zone zone of capacity windows, and of business hours where a partner states none
 * @param life what happens to a lead after it was assigned
 */
public record AssignmentPolicy(
        String version, ZoneId zone, WorkingHours hours, LeadScoring scoring, List<Rule> rules, LifeRules life) {

    public AssignmentPolicy {
        version = Text.required(version, "the policy's version");
        rules = List.copyOf(rules);
        Set<String> names = new HashSet<>();
        for (Rule rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("two rules are called \"" + rule.name() + "\"");
            }
        }
    }

    /** A policy with the usual rules for the life of a lead. */
    public AssignmentPolicy(String version, ZoneId zone, WorkingHours hours, LeadScoring scoring, List<Rule> rules) {
        this(version, zone, hours, scoring, rules, LifeRules.DEFAULT);
    }

    /** A policy in UTC with office hours, without scoring rules. */
    public static AssignmentPolicy of(String version, List<Rule> rules) {
        return new AssignmentPolicy(version, ZoneId.of("UTC"), WorkingHours.OFFICE, LeadScoring.NONE, rules);
    }
}
