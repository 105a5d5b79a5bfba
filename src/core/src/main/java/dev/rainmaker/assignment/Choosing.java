package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Applies a strategy to the eligible partners of one lead. Returns null where the strategy has nobody. */
final class Choosing {

    /** Lifts a coarser criterion above any difference of scores. */
    private static final double RANK = 1024;

    private final PartnerIndex index;
    private final Candidates candidates;
    private final Counters counters;
    private final LeadView view;
    private final Seed seed;
    private final Instant now;
    private final int[] ordinals;

    Choosing(Candidates candidates, Counters counters, LeadView view, Seed seed, Instant now, BitSet eligible) {
        this.index = candidates.index();
        this.candidates = candidates;
        this.counters = counters;
        this.view = view;
        this.seed = seed;
        this.now = now;
        this.ordinals = eligible.stream().toArray();
    }

    @Nullable
    Choice by(Strategy strategy) {
        if (strategy instanceof Strategy.RequestedPartner) {
            return requested();
        }
        if (strategy instanceof Strategy.NamedAccount named) {
            return named(named);
        }
        if (strategy instanceof Strategy.PlvWeighted weighted) {
            return weighted(weighted);
        }
        if (strategy instanceof Strategy.TopPlv) {
            return top();
        }
        if (strategy instanceof Strategy.RoundRobin robin) {
            return inTurn(robin);
        }
        if (strategy instanceof Strategy.WeightedRoundRobin robin) {
            return inTurn(robin);
        }
        if (strategy instanceof Strategy.ExpectedValue value) {
            return new ExpectedValueChoice(value, this).choice();
        }
        if (strategy instanceof Strategy.Territory) {
            return territory();
        }
        if (strategy instanceof Strategy.Tier tier) {
            return tier(tier);
        }
        if (strategy instanceof Strategy.SharkTank tank) {
            return offer(tank);
        }
        if (strategy instanceof Strategy.WithFloor floor) {
            return withFloor(floor);
        }
        throw new IllegalStateException("no such strategy: " + strategy);
    }

    private @Nullable Choice requested() {
        String asked = view.lead().requestedPartner();
        if (asked == null) {
            return null;
        }
        List<RecordId> called = index.called(asked);
        double[] merit = new double[ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
            if (called.size() == 1 && called.get(0).equals(id(i))) {
                merit[i] = 1;
                return Choice.certain(ordinals, i, merit, p -> List.of(new Term("requested", asked)));
            }
        }
        return null;
    }

    private @Nullable Choice named(Strategy.NamedAccount strategy) {
        for (NamedClaim.Kind kind : strategy.by()) {
            for (NamedClaim claim : view.facts().claims()) {
                if (claim.kind() != kind
                        || !claim.holdsAt(now)
                        || !claim.covers(view.lead().products())) {
                    continue;
                }
                int position = position(claim.partner());
                if (position >= 0) {
                    double[] merit = new double[ordinals.length];
                    merit[position] = 1;
                    return Choice.certain(ordinals, position, merit, p -> p == position ? claimed(claim) : List.of());
                }
            }
        }
        return null;
    }

    private static List<Term> claimed(NamedClaim claim) {
        List<Term> terms = new ArrayList<>(List.of(
                new Term("claim", claim.kind().word()),
                new Term("evidence", claim.evidence().toString()),
                new Term("evidence-sequence", Long.toString(claim.sequence()))));
        String basis = claim.basis();
        if (basis != null) {
            terms.add(new Term("matched-by", basis));
        }
        return terms;
    }

    private Choice weighted(Strategy.PlvWeighted strategy) {
        double floor = strategy.floor().doubleValue();
        double exponent = strategy.exponent().doubleValue();
        double[] weights = new double[ordinals.length];
        for (int i = 0; i < weights.length; i++) {
            double share = StrictMath.max(candidates.score(ordinals[i]), floor) / 100;
            weights[i] = exponent == 1 ? share : StrictMath.pow(share, exponent);
        }
        return Choice.drawn(
                ordinals,
                Propensities.inProportionTo(weights),
                seed,
                weights,
                i -> List.of(new Term("score", score(i)), new Term("weight", decimal(weights[i]))));
    }

    private Choice top() {
        double[] scores = scores();
        return Choice.certain(ordinals, best(scores), scores, i -> List.of(new Term("score", score(i)), openTerm(i)));
    }

    private Choice tier(Strategy.Tier strategy) {
        double[] merit = scores();
        for (int i = 0; i < merit.length; i++) {
            merit[i] +=
                    RANK * (strategy.order().size() - place(strategy, partner(i).tier()));
        }
        return Choice.certain(
                ordinals,
                best(merit),
                merit,
                i -> List.of(
                        new Term("tier", Objects.requireNonNullElse(partner(i).tier(), "none")),
                        new Term("score", score(i)),
                        openTerm(i)));
    }

    private static int place(Strategy.Tier strategy, @Nullable String tier) {
        for (int i = 0; i < strategy.order().size(); i++) {
            if (tier != null && strategy.order().get(i).equalsIgnoreCase(tier)) {
                return i;
            }
        }
        return strategy.order().size();
    }

    private Choice territory() {
        double[] merit = scores();
        for (int i = 0; i < merit.length; i++) {
            merit[i] += RANK * (namesState(i) ? 1000 : 0)
                    - RANK * Math.min(partner(i).countries().size(), 999);
        }
        return Choice.certain(
                ordinals,
                best(merit),
                merit,
                i -> List.of(
                        new Term("territory", namesState(i) ? "state" : "country"),
                        new Term(
                                "countries",
                                Integer.toString(partner(i).countries().size())),
                        new Term("score", score(i)),
                        openTerm(i)));
    }

    private boolean namesState(int position) {
        String state = view.lead().state();
        return state != null && index.inState(state).get(ordinals[position]);
    }

    private Choice offer(Strategy.SharkTank strategy) {
        double[] scores = scores();
        int count = strategy.atMost() == 0 ? ordinals.length : Math.min(strategy.atMost(), ordinals.length);
        Choice open = new Choice(
                ordinals,
                List.of(),
                true,
                null,
                null,
                scores,
                i -> List.of(new Term("score", score(i)), openTerm(i)),
                null);
        return open.offeredTo(open.best(count));
    }

    private @Nullable Choice withFloor(Strategy.WithFloor strategy) {
        Choice inner = by(strategy.inner());
        int[] below = IntStream.range(0, ordinals.length)
                .filter(i -> counters.load(id(i)).given(strategy.window()) < strategy.least())
                .toArray();
        if (inner == null || inner.propensities() == null || below.length == 0) {
            return inner;
        }
        double share = strategy.share().doubleValue();
        double[] mixed = new double[ordinals.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (1 - share) * inner.propensities().units(i);
        }
        for (int i : below) {
            mixed[i] += share * Propensities.ONE / below.length;
        }
        return Choice.drawn(
                ordinals, Propensities.inProportionTo(mixed), seed, inner.merit(), i -> withGiven(inner, strategy, i));
    }

    private List<Term> withGiven(Choice inner, Strategy.WithFloor strategy, int position) {
        List<Term> terms = new ArrayList<>(inner.terms().apply(position));
        terms.add(new Term(
                "given-this-" + strategy.window().word(),
                Integer.toString(counters.load(id(position)).given(strategy.window()))));
        return terms;
    }

    private double[] scores() {
        double[] scores = new double[ordinals.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = candidates.score(ordinals[i]);
        }
        return scores;
    }

    /** The best by merit; see {@link #beats}. */
    int best(double[] merit) {
        int best = 0;
        for (int i = 1; i < merit.length; i++) {
            if (beats(merit, i, best)) {
                best = i;
            }
        }
        return best;
    }

    /** Higher merit first; ties by fewer open leads, then by a number that depends on seed and partner alone. */
    private boolean beats(double[] merit, int challenger, int champion) {
        if (merit[challenger] != merit[champion]) {
            return merit[challenger] > merit[champion];
        }
        int open = counters.load(id(challenger)).open();
        int openOfChampion = counters.load(id(champion)).open();
        if (open != openOfChampion) {
            return open < openOfChampion;
        }
        return seed.rank(id(challenger)) < seed.rank(id(champion));
    }

    private Choice inTurn(Strategy.RoundRobin strategy) {
        Rotation rotation = counters.rotation(strategy.rotation());
        double[] merit = new double[ordinals.length];
        int next = 0;
        for (int i = 0; i < merit.length; i++) {
            merit[i] = -rotation.marks().getOrDefault(id(i), 0L);
            if (merit[i] > merit[next]) {
                next = i;
            }
        }
        long turn = rotation.turns() + 1;
        return Choice.certain(
                        ordinals, next, merit, i -> List.of(new Term("last-turn", Long.toString((long) -merit[i]))))
                .rotating(new Rotation.Change(strategy.rotation(), turn, Map.of(id(next), turn)));
    }

    private Choice inTurn(Strategy.WeightedRoundRobin strategy) {
        return new WeightedTurn(strategy, counters.rotation(strategy.rotation()), ordinals, index).choice();
    }

    int[] ordinals() {
        return ordinals;
    }

    LeadView view() {
        return view;
    }

    Seed seed() {
        return seed;
    }

    private Partner partner(int position) {
        return index.partner(ordinals[position]).partner();
    }

    private RecordId id(int position) {
        return index.partner(ordinals[position]).id();
    }

    Standing standing(int position) {
        return candidates.standing(ordinals[position]);
    }

    /** Position of a partner among the eligible, negative if it is not one of them. */
    private int position(RecordId partner) {
        var ordinal = index.ordinal(partner);
        return ordinal.isPresent() ? Arrays.binarySearch(ordinals, ordinal.getAsInt()) : -1;
    }

    Term openTerm(int position) {
        return new Term(
                "open-leads", Integer.toString(counters.load(id(position)).open()));
    }

    String score(int position) {
        BigDecimal score = standing(position).score();
        return score == null ? "none" : score.toPlainString();
    }

    static String decimal(double value) {
        return new BigDecimal(value)
                .setScale(6, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
