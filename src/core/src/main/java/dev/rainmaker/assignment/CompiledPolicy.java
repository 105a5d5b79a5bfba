package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy with everything worked out that depends on partners alone: per rule, who can ever be eligible and, of the
 * others, who is out for which reason. Conditions on partners are evaluated here, once per partner, never per lead.
 */
public final class CompiledPolicy {

    private final AssignmentPolicy policy;
    private final PartnerIndex index;
    private final Holidays holidays;
    private final List<CompiledPool> pools = new ArrayList<>();
    private final Map<PartnerCondition, Map<PartnerFacts, Boolean>> tested;

    /** What is known of a rule's pool before any lead is seen. */
    record CompiledPool(BitSet base, Map<Exclusion, BitSet> removed) {}

    private CompiledPolicy(
            AssignmentPolicy policy,
            PartnerIndex index,
            Holidays holidays,
            Map<PartnerCondition, Map<PartnerFacts, Boolean>> earlier) {
        this.policy = policy;
        this.index = index;
        this.holidays = holidays;
        this.tested = new IdentityHashMap<>();
        for (Rule rule : policy.rules()) {
            pools.add(compile(rule.pool(), earlier));
        }
    }

    public static CompiledPolicy of(AssignmentPolicy policy, PartnerIndex index, Holidays holidays) {
        return new CompiledPolicy(policy, index, holidays, Map.of());
    }

    /** The same policy over changed partners; conditions are evaluated for those partners only that changed. */
    public CompiledPolicy over(PartnerIndex changed) {
        return new CompiledPolicy(policy, changed, holidays, tested);
    }

    public AssignmentPolicy policy() {
        return policy;
    }

    public PartnerIndex index() {
        return index;
    }

    public Holidays holidays() {
        return holidays;
    }

    CompiledPool pool(int rule) {
        return pools.get(rule);
    }

    /** Partners that a rule could ever choose, whatever the lead: 0 means the pool is empty today. */
    public int reachable(int rule) {
        return pools.get(rule).base().cardinality();
    }

    /** Business time of a partner: its own zone and first country, the policy's hours. */
    BusinessClock clock(PartnerFacts facts) {
        return new BusinessClock(
                policy.hours(),
                Zones.of(facts.partner().timeZone(), policy.zone()),
                holidays,
                facts.partner().countries().stream().findFirst().orElse(null));
    }

    /** Business time of the policy itself, for offers that are open to several partners; without holidays. */
    BusinessClock clock() {
        return new BusinessClock(policy.hours(), policy.zone(), holidays, null);
    }

    /** Every reason in the partner itself why a rule cannot choose it. */
    List<Exclusion> reasons(int rule, int ordinal) {
        Pool pool = policy.rules().get(rule).pool();
        PartnerFacts facts = index.partner(ordinal);
        String tier = facts.partner().tier();
        List<Exclusion> reasons = new ArrayList<>();
        addIf(!facts.partner().active(), Exclusion.INACTIVE, reasons);
        addIf(!facts.partner().ownerActive(), Exclusion.OWNER_INACTIVE, reasons);
        addIf(pool.excluded().contains(facts.id()), Exclusion.EXCLUDED, reasons);
        addIf(!pool.ring().isEmpty() && !pool.ring().contains(facts.id()), Exclusion.OUTSIDE_RING, reasons);
        addIf(
                !pool.tiers().isEmpty()
                        && (tier == null || pool.tiers().stream().noneMatch(tier::equalsIgnoreCase)),
                Exclusion.TIER,
                reasons);
        addIf(!pool.condition().test(facts.partner()), Exclusion.CONDITION, reasons);
        return reasons;
    }

    private static void addIf(boolean applies, Exclusion reason, List<Exclusion> reasons) {
        if (applies) {
            reasons.add(reason);
        }
    }

    private CompiledPool compile(Pool pool, Map<PartnerCondition, Map<PartnerFacts, Boolean>> earlier) {
        BitSet base = index.all();
        Map<Exclusion, BitSet> removed = new EnumMap<>(Exclusion.class);
        keep(base, index.active(), Exclusion.INACTIVE, removed);
        keep(base, index.ownerActive(), Exclusion.OWNER_INACTIVE, removed);
        if (!pool.excluded().isEmpty()) {
            BitSet allowed = index.all();
            allowed.andNot(bits(pool.excluded()));
            keep(base, allowed, Exclusion.EXCLUDED, removed);
        }
        if (!pool.ring().isEmpty()) {
            keep(base, bits(pool.ring()), Exclusion.OUTSIDE_RING, removed);
        }
        if (!pool.tiers().isEmpty()) {
            BitSet allowed = new BitSet();
            pool.tiers().forEach(tier -> allowed.or(index.ofTier(tier)));
            keep(base, allowed, Exclusion.TIER, removed);
        }
        if (pool.condition() != PartnerCondition.always()) {
            keep(base, passing(pool.condition(), base, earlier), Exclusion.CONDITION, removed);
        }
        return new CompiledPool(base, removed);
    }

    private BitSet passing(
            PartnerCondition condition, BitSet asked, Map<PartnerCondition, Map<PartnerFacts, Boolean>> earlier) {
        Map<PartnerFacts, Boolean> known = earlier.getOrDefault(condition, Map.of());
        Map<PartnerFacts, Boolean> results = tested.computeIfAbsent(condition, c -> new IdentityHashMap<>());
        BitSet passing = new BitSet();
        for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
            PartnerFacts facts = index.partner(i);
            Boolean result = results.get(facts);
            if (result == null) {
                result = known.get(facts);
            }
            if (result == null) {
                result = condition.test(facts.partner());
            }
            results.put(facts, result);
            passing.set(i, result);
        }
        return passing;
    }

    private BitSet bits(Set<RecordId> partners) {
        BitSet bits = new BitSet();
        partners.forEach(id -> index.ordinal(id).ifPresent(bits::set));
        return bits;
    }

    static void keep(BitSet base, BitSet allowed, Exclusion reason, Map<Exclusion, BitSet> removed) {
        BitSet out = (BitSet) base.clone();
        out.andNot(allowed);
        if (!out.isEmpty()) {
            base.and(allowed);
            removed.merge(reason, out, (a, b) -> {
                BitSet both = (BitSet) a.clone();
                both.or(b);
                return both;
            });
        }
    }
}
