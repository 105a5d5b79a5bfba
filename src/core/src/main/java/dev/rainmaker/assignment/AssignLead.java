package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides where a lead goes: a pure function of policy, facts, counters, seed and instant. */
public final class AssignLead {

    private final CompiledPolicy compiled;
    private final Candidates candidates;
    private final Counters counters;
    private final LeadView view;
    private final Seed seed;
    private final Instant now;
    private final Chooser chooser;
    private final List<Receipt.RuleOutcome> outcomes = new ArrayList<>();

    private AssignLead(
            CompiledPolicy compiled,
            Candidates candidates,
            Counters counters,
            LeadFacts facts,
            Seed seed,
            Instant now,
            Chooser chooser) {
        this.compiled = compiled;
        this.candidates = candidates;
        this.counters = counters;
        this.view = compiled.policy().scoring().view(facts, now);
        this.seed = seed;
        this.now = now;
        this.chooser = chooser;
    }

    /**
     * Decides one lead. Everything that enters the decision is a parameter: the same parameters give the same receipt to
     * the byte.
     *
     * @param compiled the policy, compiled over {@code candidates.index()}
     * @param counters read under lock; the shell stores {@link Decision#rotation()} in the same transaction
     * @param seed usually {@link Seed#of(String, RecordId, int)}
     * @throws IllegalArgumentException if the policy was compiled over another index
     */
    public static Decision decide(
            CompiledPolicy compiled, LeadFacts lead, Candidates candidates, Counters counters, Seed seed, Instant now) {
        return decide(
                compiled, lead, candidates, counters, seed, now, (rule, choosing, strategy) -> choosing.by(strategy));
    }

    /** Decides with another way to choose among the eligible, everything else the same. */
    static Decision decide(
            CompiledPolicy compiled,
            LeadFacts lead,
            Candidates candidates,
            Counters counters,
            Seed seed,
            Instant now,
            Chooser chooser) {
        if (compiled.index() != candidates.index()) {
            throw new IllegalArgumentException("the policy was compiled over other partners than the candidates");
        }
        return new AssignLead(compiled, candidates, counters, lead, seed, now, chooser).decide();
    }

    /** Chooses for the rule of that number among the eligible; null where there is nobody to choose. */
    interface Chooser {
        @Nullable
        Choice choose(int rule, Choosing choosing, Strategy strategy);
    }

    /** Decides with the seed of policy version, lead and attempt. */
    public static Decision decide(
            CompiledPolicy compiled, LeadFacts lead, Candidates candidates, Counters counters, Instant now) {
        Seed seed = Seed.of(compiled.policy().version(), lead.lead().id(), lead.attempt());
        return decide(compiled, lead, candidates, counters, seed, now);
    }

    /** The chance that each partner has under a policy: what {@link #decide} draws from. */
    public static Chances chances(
            CompiledPolicy compiled, LeadFacts lead, Candidates candidates, Counters counters, Instant now) {
        Seed seed = Seed.of(compiled.policy().version(), lead.lead().id(), lead.attempt());
        @Nullable Choice[] last = new Choice[1];
        Decision decision = decide(compiled, lead, candidates, counters, seed, now, (rule, choosing, strategy) -> {
            last[0] = choosing.by(strategy);
            return last[0];
        });
        return Chances.of(decision, last[0], compiled.index());
    }

    private Decision decide() {
        if (view.lead().converted()) {
            return unassigned("lead-converted", 0);
        }
        if (!view.lead().open()) {
            return unassigned("lead-closed", 0);
        }
        List<Rule> rules = compiled.policy().rules();
        String reason = "no-rule";
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (!rule.when().test(view)) {
                outcomes.add(untried(rule, "not-matched"));
                continue;
            }
            String pointless = nothingToGoBy(rule.strategy());
            if (pointless != null && !(rule.fallback() instanceof Fallback.ToPartner)) {
                outcomes.add(untried(rule, pointless));
                reason = pointless;
                if (rule.fallback() instanceof Fallback.Stop) {
                    return unassigned(reason, i + 1);
                }
                continue;
            }
            Eligibility eligibility = Eligibility.of(compiled, i, view, candidates, counters, now);
            Choice choice = eligibility.failure() != null
                    ? null
                    : chooser.choose(
                            i,
                            new Choosing(candidates, counters, view, seed, now, eligibility.eligible()),
                            rule.strategy());
            if (choice != null) {
                outcomes.add(tried(rule, "decided", eligibility));
                return chosen(rule, choice, i);
            }
            reason = eligibility.failure() != null ? eligibility.failure() : nobody(rule.strategy());
            outcomes.add(tried(rule, reason, eligibility));
            if (rule.fallback() instanceof Fallback.ToPartner to && mayReceive(to.partner())) {
                return fallback(rule, to.partner(), i);
            }
            if (!(rule.fallback() instanceof Fallback.NextRule)) {
                return unassigned(reason, i + 1);
            }
        }
        return unassigned(reason, rules.size());
    }

    /** Why a strategy cannot find anybody whoever is eligible; null where it might. */
    private @Nullable String nothingToGoBy(Strategy strategy) {
        if (strategy instanceof Strategy.RequestedPartner && view.lead().requestedPartner() == null) {
            return "no-request";
        }
        return strategy instanceof Strategy.NamedAccount
                        && view.facts().claims().isEmpty()
                ? "no-claim"
                : null;
    }

    private static String nobody(Strategy strategy) {
        return strategy instanceof Strategy.RequestedPartner ? "requested-partner-not-eligible" : "no-claim";
    }

    private boolean mayReceive(RecordId partner) {
        var ordinal = compiled.index().ordinal(partner);
        return ordinal.isPresent()
                && compiled.index().active().get(ordinal.getAsInt())
                && compiled.index().ownerActive().get(ordinal.getAsInt())
                && !view.facts().declined().contains(partner);
    }

    private Decision chosen(Rule rule, Choice choice, int position) {
        List<RecordId> partners = choice.chosen().stream()
                .map(each -> compiled.index().partner(choice.ordinals()[each]).id())
                .toList();
        Receipt.Selection selection = new Receipt.Selection(
                rule.name(), rule.strategy().word(), choice.ordinals().length, lines(choice), choice.drawn());
        if (rule.strategy() instanceof Strategy.SharkTank tank) {
            return offered(rule, tank, partners, selection, position);
        }
        return assigned(rule, partners.get(0), selection, choice.rotation(), position);
    }

    private Decision offered(
            Rule rule, Strategy.SharkTank tank, List<RecordId> partners, Receipt.Selection selection, int position) {
        Deadline deadline = rule.deadline();
        BusinessClock clock = compiled.clock();
        Instant closesAt = deadline == null ? null : due(clock, deadline.accept(), deadline.businessTime());
        Receipt receipt = receipt(
                selection, new Receipt.Outcome("offered", partners, rule.name(), null, closesAt, null), position + 1);
        return new Decision.Offered(partners, rule.name(), tank, closesAt, receipt);
    }

    private Decision fallback(Rule rule, RecordId partner, int position) {
        return assigned(rule, partner, null, null, position);
    }

    private Decision assigned(
            Rule rule,
            RecordId partner,
            Receipt.@Nullable Selection selection,
            Rotation.@Nullable Change change,
            int position) {
        Deadline deadline = rule.deadline();
        Instant acceptBy = deadline == null ? null : due(clock(partner), deadline.accept(), deadline.businessTime());
        Instant remindAt = deadline == null || deadline.remind() == null
                ? null
                : due(clock(partner), deadline.remind(), deadline.businessTime());
        Receipt receipt = receipt(
                selection,
                new Receipt.Outcome("assigned", List.of(partner), rule.name(), null, acceptBy, remindAt),
                position + 1);
        return new Decision.Assigned(partner, rule.name(), acceptBy, remindAt, receipt, change);
    }

    private BusinessClock clock(RecordId partner) {
        return compiled.clock(
                compiled.index().partner(compiled.index().ordinal(partner).orElseThrow()));
    }

    private Instant due(BusinessClock clock, Duration time, boolean businessTime) {
        return businessTime ? clock.after(now, time) : now.plus(time);
    }

    private Decision unassigned(String reason, int reached) {
        return new Decision.Unassigned(
                reason, receipt(null, new Receipt.Outcome("unassigned", List.of(), null, reason, null, null), reached));
    }

    private Receipt receipt(Receipt.@Nullable Selection selection, Receipt.Outcome outcome, int reached) {
        List<Rule> rules = compiled.policy().rules();
        for (int i = reached; i < rules.size(); i++) {
            outcomes.add(untried(rules.get(i), "not-reached"));
        }
        return new Receipt(
                Receipt.ENGINE,
                compiled.policy().version(),
                now,
                candidates.sequence(),
                seed,
                compiled.holidays().version(),
                used(),
                outcomes,
                selection,
                outcome);
    }

    private Receipt.LeadUsed used() {
        var lead = view.lead();
        var customer = view.facts().customer();
        return new Receipt.LeadUsed(
                lead.id(),
                view.facts().sequence(),
                lead.modifiedAt(),
                view.facts().attempt(),
                lead.country(),
                lead.state(),
                lead.industry(),
                lead.language(),
                lead.products(),
                view.points(),
                view.leadClass(),
                view.value() == null ? null : view.value().toString(),
                customer == null ? null : customer.id(),
                view.facts().customerMatch(),
                view.facts().claims(),
                view.facts().declined());
    }

    private static Receipt.RuleOutcome untried(Rule rule, String result) {
        return new Receipt.RuleOutcome(rule.name(), rule.when().text(), result, 0, List.of(), List.of());
    }

    private Receipt.RuleOutcome tried(Rule rule, String result, Eligibility eligibility) {
        List<Receipt.ExcludedSet> excluded = new ArrayList<>();
        for (Map.Entry<Exclusion, BitSet> set : eligibility.removed().entrySet()) {
            int count = set.getValue().cardinality();
            List<RecordId> listed = count > Receipt.SHOWN
                    ? List.of()
                    : set.getValue().stream()
                            .mapToObj(
                                    ordinal -> compiled.index().partner(ordinal).id())
                            .toList();
            excluded.add(new Receipt.ExcludedSet(set.getKey(), count, listed));
        }
        return new Receipt.RuleOutcome(
                rule.name(),
                rule.when().text(),
                result,
                eligibility.eligible().cardinality(),
                excluded,
                eligibility.droppedWishes());
    }

    private List<Receipt.CandidateLine> lines(Choice choice) {
        List<Receipt.CandidateLine> lines = new ArrayList<>();
        for (int position : choice.best(Receipt.SHOWN)) {
            int ordinal = choice.ordinals()[position];
            PartnerFacts facts = compiled.index().partner(ordinal);
            Standing standing = candidates.standing(ordinal);
            lines.add(new Receipt.CandidateLine(
                    facts.id(),
                    facts.partner().name(),
                    choice.chosen().contains(position),
                    choice.propensities() == null ? null : choice.propensities().of(position),
                    standing.score(),
                    counters.load(facts.id()).open(),
                    choice.terms().apply(position),
                    facts.sequence(),
                    standing.sequence(),
                    standing.version()));
        }
        return lines;
    }
}
