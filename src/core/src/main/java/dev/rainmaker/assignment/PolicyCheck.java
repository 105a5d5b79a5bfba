package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a policy before it decides anything: rules that can never be reached, conditions that repeat,
 * pools that are empty today, partners and words nobody has, leads that no rule covers.
 */
public final class PolicyCheck {

    private final CompiledPolicy compiled;
    private final Places places;
    private final List<Finding> findings = new ArrayList<>();

    private PolicyCheck(CompiledPolicy compiled, Places places) {
        this.compiled = compiled;
        this.places = places;
    }

    /** Knows where the parts of a policy stand in its file. */
    public interface Places {

        /**
         * @param rule number of the rule from 0, -1 for the policy as a whole
         * @param member such as {@code when}, {@code pool.ring}, {@code fallback}
         */
        Place of(int rule, String member);

        /** @param word the one value of the member that is meant, such as a partner in a list */
        default Place of(int rule, String member, String word) {
            return of(rule, member);
        }
    }

    /** @param text the offending text as written */
    public record Place(String file, int line, int column, String text) {}

    /** How bad a finding is: an error keeps the policy from being published. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** @param code such as {@code dead-rule}, {@code shadowed-rule}, {@code empty-pool}, {@code unknown-partner} */
    public record Finding(
            Severity severity, String code, @Nullable String rule, Place place, String message) {}

    /**
     * @param leads leads of the recent past to try the policy on; may be empty
     * @return findings in the order of the rules
     */
    public static List<Finding> check(
            CompiledPolicy compiled, Candidates candidates, Collection<LeadFacts> leads, Instant now, Places places) {
        PolicyCheck check = new PolicyCheck(compiled, places);
        for (int i = 0; i < compiled.policy().rules().size(); i++) {
            check.rule(i);
        }
        check.coverage(candidates, leads, now);
        return List.copyOf(check.findings);
    }

    private void rule(int i) {
        Rule rule = compiled.policy().rules().get(i);
        reachable(i, rule);
        if (compiled.reachable(i) == 0) {
            String why = compiled.pool(i).removed().isEmpty()
                    ? "there are no partners"
                    : "the last were out because the partner "
                            + compiled.pool(i).removed().keySet().stream()
                                    .reduce((a, b) -> b)
                                    .map(Exclusion::text)
                                    .orElse("");
            add(Severity.WARNING, "empty-pool", i, "pool", "no partner can be chosen today: " + why);
        }
        known(i, "pool.ring", rule.pool().ring());
        known(i, "pool.excluded", rule.pool().excluded());
        if (rule.fallback() instanceof Fallback.ToPartner to) {
            known(i, "fallback", List.of(to.partner()));
        }
        if (rule.strategy() instanceof Strategy.WeightedRoundRobin robin) {
            known(i, "strategy.weights", robin.weights().keySet());
        }
        words(i, "pool.tiers", rule.pool().tiers(), true);
        words(i, "pool.certificates", rule.pool().certificates(), false);
        if (rule.strategy() instanceof Strategy.Tier tier) {
            words(i, "strategy.order", tier.order(), true);
        }
    }

    private void reachable(int i, Rule rule) {
        List<Rule> rules = compiled.policy().rules();
        for (int j = 0; j < i; j++) {
            Rule earlier = rules.get(j);
            boolean final_ = !(earlier.fallback() instanceof Fallback.NextRule);
            boolean same = earlier.when().text().equals(rule.when().text());
            if (final_ && isAlways(earlier.when())) {
                add(
                        Severity.ERROR,
                        "dead-rule",
                        i,
                        "when",
                        "never reached: rule \"" + earlier.name() + "\" takes every lead and hands none on");
                return;
            }
            if (same && final_) {
                add(
                        Severity.ERROR,
                        "shadowed-rule",
                        i,
                        "when",
                        "never reached: rule \"" + earlier.name() + "\" has the same condition and hands no lead on");
                return;
            }
            if (same && earlier.pool().equals(rule.pool()) && earlier.strategy().equals(rule.strategy())) {
                add(
                        Severity.ERROR,
                        "shadowed-rule",
                        i,
                        "when",
                        "can decide nothing that rule \"" + earlier.name()
                                + "\" does not: same condition, pool and strategy");
                return;
            }
        }
        if (rule.when().text().strip().equals("false")) {
            add(Severity.ERROR, "dead-rule", i, "when", "its condition never holds");
        }
    }

    private static boolean isAlways(Condition condition) {
        return condition == Condition.always() || condition.text().strip().equals("true");
    }

    private void known(int rule, String member, Collection<RecordId> partners) {
        for (RecordId partner : partners) {
            if (compiled.index().ordinal(partner).isEmpty()) {
                String word = partner.toString();
                add(
                        Severity.ERROR,
                        "unknown-partner",
                        rule,
                        places.of(rule, member, word),
                        "there is no partner " + word);
            }
        }
    }

    private void words(int rule, String member, Collection<String> words, boolean tiers) {
        for (String word : words) {
            boolean held = tiers
                    ? !compiled.index().ofTier(word).isEmpty()
                    : !compiled.index().certified(word).isEmpty();
            if (!held) {
                add(
                        Severity.WARNING,
                        tiers ? "unknown-tier" : "unheld-certificate",
                        rule,
                        places.of(rule, member, word),
                        "no partner has \"" + word + "\"");
            }
        }
    }

    private void coverage(Candidates candidates, Collection<LeadFacts> leads, Instant now) {
        List<Rule> rules = compiled.policy().rules();
        if (rules.stream().noneMatch(rule -> isAlways(rule.when()))) {
            add(
                    Severity.WARNING,
                    "no-catch-all",
                    -1,
                    "rules",
                    "a lead that meets no condition stays unassigned as no-rule");
        }
        int[] matched = new int[rules.size()];
        int[] reached = new int[rules.size()];
        Map<String, Integer> unassigned = new TreeMap<>();
        for (LeadFacts lead : leads) {
            LeadView view = compiled.policy().scoring().view(lead, now);
            Decision decision = AssignLead.decide(compiled, lead, candidates, Counters.NONE, now);
            for (int i = 0; i < matched.length; i++) {
                boolean applies = rules.get(i).when().test(view);
                boolean came = !decision.receipt().rules().get(i).result().equals("not-reached");
                matched[i] += applies ? 1 : 0;
                reached[i] += applies && came ? 1 : 0;
            }
            if (decision instanceof Decision.Unassigned none) {
                unassigned.merge(none.reason(), 1, Integer::sum);
            }
        }
        report(leads.size(), matched, reached, unassigned);
    }

    private void report(int leads, int[] matched, int[] reached, Map<String, Integer> unassigned) {
        for (int i = 0; i < matched.length && leads > 0; i++) {
            if (matched[i] == 0) {
                add(Severity.WARNING, "unused-rule", i, "when", "applies to none of the " + leads + " leads tried");
            } else if (reached[i] == 0) {
                add(
                        Severity.WARNING,
                        "never-reached",
                        i,
                        "when",
                        "all " + matched[i] + " leads it applies to are decided by earlier rules");
            }
        }
        unassigned.forEach((reason, count) -> add(
                Severity.WARNING,
                "uncovered-leads",
                -1,
                "rules",
                count + " of " + leads + " leads would stay unassigned as " + reason));
    }

    private void add(Severity severity, String code, int rule, String member, String message) {
        add(severity, code, rule, places.of(rule, member), message);
    }

    private void add(Severity severity, String code, int rule, Place place, String message) {
        String name = rule < 0 ? null : compiled.policy().rules().get(rule).name();
        findings.add(new Finding(severity, code, name, place, message));
    }
}
