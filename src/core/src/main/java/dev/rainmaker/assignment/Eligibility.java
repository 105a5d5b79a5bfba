package dev.rainmaker.assignment;

import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a rule's pool to the partners eligible for one lead: set operations on the compiled indexes first, questions per
 * partner (capacity, absence, hours) only for those that are left.
 *
 * @param eligible who is left
 * @param removed who is out, each under the first reason that applies
 * @param failure reason code where nobody is left, else null
 * @param droppedWishes preferences that nobody met and that were therefore dropped
 */
record Eligibility(
        BitSet eligible,
        Map<Exclusion, BitSet> removed,
        @Nullable String failure,
        List<String> droppedWishes) {

    static Eligibility of(
            CompiledPolicy compiled, int rule, LeadView view, Candidates candidates, Counters counters, Instant now) {
        return new Narrowing(compiled, rule, view, candidates, counters, now).run();
    }

    /** Every reason, not only the first, for which a partner is not eligible under a rule. */
    static List<Exclusion> allReasons(
            CompiledPolicy compiled,
            int rule,
            LeadView view,
            Candidates candidates,
            Counters counters,
            Instant now,
            int ordinal) {
        List<Exclusion> reasons = new ArrayList<>(compiled.reasons(rule, ordinal));
        Narrowing narrowing = new Narrowing(compiled, rule, view, candidates, counters, now);
        narrowing.left.clear();
        narrowing.left.set(ordinal);
        narrowing.removed.clear();
        narrowing.keeping = true;
        narrowing.byLead();
        narrowing.byPartner();
        reasons.addAll(narrowing.removed.keySet());
        return reasons;
    }

    /** One pass over the filters, in the order of {@link Exclusion}. */
    private static final class Narrowing {
        private final CompiledPolicy compiled;
        private final PartnerIndex index;
        private final Pool pool;
        private final Lead lead;
        private final LeadView view;
        private final Candidates candidates;
        private final Counters counters;
        private final Instant now;
        private final BitSet left;
        private final Map<Exclusion, BitSet> removed = new EnumMap<>(Exclusion.class);
        private final List<String> dropped = new ArrayList<>();
        private @Nullable String failure;
        /** Whether filters only note whom they would remove. */
        private boolean keeping;

        Narrowing(
                CompiledPolicy compiled,
                int rule,
                LeadView view,
                Candidates candidates,
                Counters counters,
                Instant now) {
            this.compiled = compiled;
            this.index = compiled.index();
            this.pool = compiled.policy().rules().get(rule).pool();
            this.view = view;
            this.lead = view.lead();
            this.candidates = candidates;
            this.counters = counters;
            this.now = now;
            CompiledPolicy.CompiledPool known = compiled.pool(rule);
            this.left = (BitSet) known.base().clone();
            this.removed.putAll(known.removed());
            if (left.isEmpty()) {
                failure = known.removed().keySet().stream()
                        .reduce((a, b) -> b)
                        .map(Exclusion::unassignedCode)
                        .orElse("no-active-partner");
            }
        }

        Eligibility run() {
            if (failure == null) {
                failure = unanswerable();
            }
            if (failure == null) {
                byLead();
                byPartner();
                wishes();
            } else {
                left.clear();
            }
            return new Eligibility(left, removed, failure, dropped);
        }

        private @Nullable String unanswerable() {
            if (pool.territory() == Need.REQUIRED && lead.country() == null) {
                return "territory-unknown";
            }
            return pool.industry() == Need.REQUIRED && lead.industry() == null ? "industry-unknown" : null;
        }

        private void byLead() {
            BitSet holders = holders();
            if (holders != null) {
                require(holders, Exclusion.LOCKED);
            }
            if (pool.territory() == Need.REQUIRED) {
                require(inCountry(), Exclusion.TERRITORY);
                require(inState(), Exclusion.STATE);
            }
            if (pool.product() == Need.REQUIRED) {
                require(authorised(), Exclusion.PRODUCT);
            }
            if (pool.industry() == Need.REQUIRED) {
                require(knowing(), Exclusion.INDUSTRY);
            }
            if (pool.language() == Need.REQUIRED) {
                require(speaking(), Exclusion.LANGUAGE);
            }
        }

        /** Who holds a lock on the lead's deal; null where nobody does and the lead is anybody's. */
        private @Nullable BitSet holders() {
            BitSet holders = null;
            for (NamedClaim claim : view.facts().claims()) {
                if (claim.kind() == NamedClaim.Kind.DEAL_LOCK && claim.holdsAt(now) && claim.covers(lead.products())) {
                    holders = holders == null ? new BitSet() : holders;
                    index.ordinal(claim.partner()).ifPresent(holders::set);
                }
            }
            return holders;
        }

        private void byPartner() {
            for (String certificate : pool.certificates()) {
                require(certified(certificate), Exclusion.CERTIFICATE);
            }
            BigDecimal least = pool.minimumScore();
            if (least != null) {
                require(where(ordinal -> reaches(ordinal, least)), Exclusion.SCORE);
            }
            if (!pool.askDecliners() && !view.facts().declined().isEmpty()) {
                require(
                        where(ordinal -> !view.facts()
                                .declined()
                                .contains(index.partner(ordinal).id())),
                        Exclusion.DECLINED);
            }
            if (left.intersects(index.withAbsences())) {
                require(where(ordinal -> !index.partner(ordinal).awayAt(now)), Exclusion.ABSENT);
            }
            if (pool.openNow()) {
                require(where(ordinal -> compiled.clock(index.partner(ordinal)).openAt(now)), Exclusion.CLOSED);
            }
            byLoad();
        }

        private void byLoad() {
            Capacity capacity = pool.capacity();
            BitSet bounded = (BitSet) left.clone();
            if (!capacity.boundsEverybody()) {
                bounded.and(index.withLimits());
            }
            Instant cooled = now.minus(capacity.coolDown());
            BitSet cool = new BitSet();
            BitSet full = new BitSet();
            BitSet period = new BitSet();
            for (int i = bounded.nextSetBit(0); i >= 0; i = bounded.nextSetBit(i + 1)) {
                PartnerFacts facts = index.partner(i);
                Load load = counters.load(facts.id());
                Instant last = load.lastGiven();
                if (last != null && last.isAfter(cooled)) {
                    cool.set(i);
                }
                Integer limit = facts.partner().maxOpenLeads();
                if (limit == null) {
                    limit = capacity.maxOpen();
                }
                if (limit != null && load.open() >= limit) {
                    full.set(i);
                }
                for (Map.Entry<Window, Integer> window : capacity.perWindow().entrySet()) {
                    if (load.given(window.getKey()) >= window.getValue()) {
                        period.set(i);
                    }
                }
            }
            require(allBut(cool), Exclusion.COOL_DOWN);
            require(allBut(full), Exclusion.CAPACITY);
            require(allBut(period), Exclusion.PERIOD_CAPACITY);
        }

        private BitSet allBut(BitSet out) {
            BitSet rest = index.all();
            rest.andNot(out);
            return rest;
        }

        private void wishes() {
            if (pool.territory() == Need.PREFERRED && lead.country() != null) {
                wish(inCountry(), "territory");
                wish(inState(), "state");
            }
            if (pool.product() == Need.PREFERRED) {
                wish(authorised(), "product");
            }
            if (pool.industry() == Need.PREFERRED && lead.industry() != null) {
                wish(knowing(), "industry");
            }
            if (pool.language() == Need.PREFERRED) {
                wish(speaking(), "language");
            }
        }

        private BitSet inCountry() {
            return lead.country() == null ? new BitSet() : index.inCountry(lead.country());
        }

        /**
         * Partners that state no state cover their whole countries; the others only the states they name. A lead whose state
         * is not known is everybody's in its country: unknown excludes nobody.
         */
        private BitSet inState() {
            BitSet allowed = index.all();
            if (lead.state() != null) {
                allowed.andNot(index.withStates());
                allowed.or(index.inState(lead.state()));
            }
            return allowed;
        }

        private BitSet authorised() {
            BitSet allowed = index.all();
            lead.products().forEach(product -> allowed.and(index.authorisedFor(product)));
            return allowed;
        }

        private BitSet knowing() {
            return lead.industry() == null ? new BitSet() : index.knowing(lead.industry());
        }

        private BitSet speaking() {
            return lead.language() == null ? index.all() : index.speaking(lead.language());
        }

        private BitSet certified(String certificate) {
            BitSet holders = index.certified(certificate);
            String key = Words.key(certificate);
            return where(ordinal -> holders.get(ordinal)
                    && index.partner(ordinal).certificates().entrySet().stream()
                            .anyMatch(held -> Words.key(held.getKey()).equals(key) && now.isBefore(held.getValue())));
        }

        private boolean reaches(int ordinal, BigDecimal least) {
            BigDecimal score = candidates.standing(ordinal).score();
            return score != null && score.compareTo(least) >= 0;
        }

        private BitSet where(java.util.function.IntPredicate holds) {
            BitSet allowed = new BitSet();
            for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
                allowed.set(i, holds.test(i));
            }
            return allowed;
        }

        private void require(BitSet allowed, Exclusion reason) {
            if (keeping) {
                CompiledPolicy.keep((BitSet) left.clone(), allowed, reason, removed);
                return;
            }
            boolean somebody = !left.isEmpty();
            CompiledPolicy.keep(left, allowed, reason, removed);
            if (somebody && left.isEmpty()) {
                failure = reason.unassignedCode();
            }
        }

        private void wish(BitSet wished, String what) {
            BitSet narrowed = (BitSet) left.clone();
            narrowed.and(wished);
            if (narrowed.isEmpty()) {
                if (!left.isEmpty()) {
                    dropped.add(what);
                }
            } else if (narrowed.cardinality() < left.cardinality()) {
                CompiledPolicy.keep(left, wished, Exclusion.PASSED_OVER, removed);
            }
        }
    }
}
