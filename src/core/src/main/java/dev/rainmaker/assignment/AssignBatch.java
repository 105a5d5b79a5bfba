package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides a list of leads, one after the other or jointly. Decisions come back in the order of the leads. */
public final class AssignBatch {

    private final CompiledPolicy compiled;
    private final Candidates candidates;
    private final Instant now;
    private Counters counters;

    private AssignBatch(CompiledPolicy compiled, Candidates candidates, Counters counters, Instant now) {
        this.compiled = compiled;
        this.candidates = candidates;
        this.counters = counters;
        this.now = now;
    }

    /** Exactly what deciding them one by one gives, each decision seeing the counters after the one before. */
    public static List<Decision> inSequence(
            CompiledPolicy compiled, List<LeadFacts> leads, Candidates candidates, Counters counters, Instant now) {
        AssignBatch batch = new AssignBatch(compiled, candidates, counters, now);
        List<Decision> decisions = new ArrayList<>();
        leads.forEach(lead -> decisions.add(batch.next(lead)));
        return decisions;
    }

    /**
     * Leads that a rule of expected value would decide are decided together: the sum of expected values is the largest
     * that capacities allow, and floors are met first. All other leads are decided before, in sequence. Nothing is left
     * to chance, so these decisions carry the propensity 1 and teach nothing about other policies.
     *
     * @param floors least leads per partner out of this batch
     */
    public static List<Decision> jointly(
            CompiledPolicy compiled,
            List<LeadFacts> leads,
            Candidates candidates,
            Counters counters,
            Map<RecordId, Integer> floors,
            Instant now) {
        return new AssignBatch(compiled, candidates, counters, now).jointly(leads, floors);
    }

    /** A lead that a rule of expected value decides: what it is worth with whom. */
    private record Valued(int lead, int rule, int[] ordinals, double[] utility) {}

    private List<Decision> jointly(List<LeadFacts> leads, Map<RecordId, Integer> floors) {
        Decision[] decisions = new Decision[leads.size()];
        List<Valued> together = new ArrayList<>();
        for (int i = 0; i < decisions.length; i++) {
            Valued valued = valued(i, leads.get(i));
            if (valued == null) {
                decisions[i] = next(leads.get(i));
            } else {
                together.add(valued);
            }
        }
        together.replaceAll(old -> {
            Valued again = valued(old.lead(), leads.get(old.lead()));
            return again == null ? new Valued(old.lead(), old.rule(), new int[0], new double[0]) : again;
        });
        CapacitatedMatching.Plan plan = plan(together, floors);
        List<Valued> leftOver = new ArrayList<>();
        for (int k = 0; k < together.size(); k++) {
            Valued valued = together.get(k);
            if (plan.partners()[k] < 0) {
                leftOver.add(valued);
            } else {
                decisions[valued.lead()] = placed(leads.get(valued.lead()), valued, plan, plan.partners()[k]);
            }
        }
        leftOver.forEach(valued -> decisions[valued.lead()] = next(leads.get(valued.lead())));
        return Arrays.asList(decisions);
    }

    private Decision next(LeadFacts lead) {
        Decision decision = AssignLead.decide(compiled, lead, candidates, counters, now);
        counters = counters.after(decision, now);
        return decision;
    }

    private @Nullable Valued valued(int number, LeadFacts lead) {
        Valued[] found = new Valued[1];
        AssignLead.decide(compiled, lead, candidates, counters, seed(lead), now, (rule, choosing, strategy) -> {
            if (strategy instanceof Strategy.ExpectedValue value) {
                double[] utility = new ExpectedValueChoice(value, choosing).utility();
                found[0] = new Valued(number, rule, choosing.ordinals(), utility);
                return Choice.certain(choosing.ordinals(), choosing.best(utility), utility, i -> List.of());
            }
            return choosing.by(strategy);
        });
        return found[0];
    }

    private CapacitatedMatching.Plan plan(List<Valued> together, Map<RecordId, Integer> floors) {
        PartnerIndex index = compiled.index();
        double largest = together.stream()
                .flatMapToDouble(valued -> Arrays.stream(valued.utility()))
                .max()
                .orElse(0);
        double scale = largest > 0 ? 1e9 / largest : 1;
        long[][] utility = new long[together.size()][index.size()];
        int[] capacity = new int[index.size()];
        Arrays.fill(capacity, together.size());
        boolean[] limited = new boolean[compiled.policy().rules().size()];
        for (int k = 0; k < utility.length; k++) {
            Valued valued = together.get(k);
            Arrays.fill(utility[k], CapacitatedMatching.NEVER);
            for (int i = 0; i < valued.ordinals().length; i++) {
                utility[k][valued.ordinals()[i]] = (long) StrictMath.floor(valued.utility()[i] * scale);
            }
            if (!limited[valued.rule()]) {
                limited[valued.rule()] = true;
                limit(
                        capacity,
                        compiled.policy().rules().get(valued.rule()).pool().capacity());
            }
        }
        int[] floor = new int[index.size()];
        floors.forEach((partner, least) -> index.ordinal(partner).ifPresent(ordinal -> floor[ordinal] = least));
        return CapacitatedMatching.solve(utility, capacity, floor);
    }

    /** What is left of each partner's capacity; with a cool-down a batch has room for one. */
    private void limit(int[] capacity, Capacity limits) {
        for (int ordinal = 0; ordinal < capacity.length; ordinal++) {
            PartnerFacts facts = compiled.index().partner(ordinal);
            Load load = counters.load(facts.id());
            Integer open = facts.partner().maxOpenLeads();
            open = open == null ? limits.maxOpen() : open;
            int left = open == null ? capacity[ordinal] : open - load.open();
            for (Map.Entry<Window, Integer> window : limits.perWindow().entrySet()) {
                left = Math.min(left, window.getValue() - load.given(window.getKey()));
            }
            if (!limits.coolDown().isZero()) {
                left = Math.min(left, 1);
            }
            capacity[ordinal] = Math.max(0, Math.min(capacity[ordinal], left));
        }
    }

    private Decision placed(LeadFacts lead, Valued valued, CapacitatedMatching.Plan plan, int partner) {
        Decision decision =
                AssignLead.decide(compiled, lead, candidates, counters, seed(lead), now, (rule, choosing, strategy) -> {
                    if (rule != valued.rule() || !(strategy instanceof Strategy.ExpectedValue value)) {
                        return choosing.by(strategy);
                    }
                    ExpectedValueChoice values = new ExpectedValueChoice(value, choosing);
                    int position = Arrays.binarySearch(choosing.ordinals(), partner);
                    return position < 0
                            ? values.choice()
                            : Choice.certain(choosing.ordinals(), position, values.utility(), i -> {
                                List<Term> terms = new ArrayList<>(values.termsOf(i));
                                terms.add(new Term("price", Long.toString(plan.prices()[choosing.ordinals()[i]])));
                                return terms;
                            });
                });
        counters = counters.after(decision, now);
        return decision;
    }

    private Seed seed(LeadFacts lead) {
        return Seed.of(compiled.policy().version(), lead.lead().id(), lead.attempt());
    }
}
