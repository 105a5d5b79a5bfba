package dev.rainmaker.assignment;

import dev.rainmaker.fact.Text;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy.
 *
 * @param name unique in its policy
 * @param when which leads it is for
 * @param deadline time to accept, null for none: the assignment needs no acceptance
 */
public record Rule(
        String name,
        Condition when,
        Pool pool,
        Strategy strategy,
        @Nullable Deadline deadline,
        Fallback fallback) {

    public Rule {
        name = Text.required(name, "the rule's name");
    }

    /** A rule without deadline that hands on to the rules below when it finds nobody. */
    public static Rule of(String name, Condition when, Pool pool, Strategy strategy) {
        return new Rule(name, when, pool, strategy, null, Fallback.NEXT_RULE);
    }

    public Rule deadline(Deadline given) {
        return new Rule(name, when, pool, strategy, given, fallback);
    }

    public Rule fallback(Fallback given) {
        return new Rule(name, when, pool, strategy, deadline, given);
    }
}
