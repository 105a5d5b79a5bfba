package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies a strategy to the eligible partners of one lead. Returns null where the strategy has nobody. */
final class Choosing {

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
        return List.of(
                new Term("claim", claim.kind().word()),
                new Term("evidence", claim.evidence().toString()),
                new Term("evidence-sequence", Long.toString(claim.sequence())));
    }

    private Choice weighted(Strategy.PlvWeighted strategy) {
        double floor = strategy.floor().doubleValue();
        double exponent = strategy.exponent().doubleValue();
        double[] weights = new double[ordinals.length];
        for (int i = 0; i < weights.length; i++) {
            double bounded = StrictMath.max(standing(i).scoreOrZero(), floor);
            weights[i] = StrictMath.pow(bounded / 100, exponent);
        }
        return Choice.drawn(
                ordinals,
                Propensities.inProportionTo(weights),
                seed,
                weights,
                i -> List.of(new Term("score", score(i)), new Term("weight", decimal(weights[i]))));
    }

    private Choice top() {
        double[] scores = new double[ordinals.length];
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            BigDecimal score = standing(i).score();
            scores[i] = score == null ? -1 : score.doubleValue();
            if (i > 0 && beats(scores, i, best)) {
                best = i;
            }
        }
        return Choice.certain(ordinals, best, scores, i -> List.of(new Term("score", score(i)), openTerm(i)));
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

    private RecordId id(int position) {
        return index.partner(ordinals[position]).id();
    }

    private Standing standing(int position) {
        return candidates.standing(ordinals[position]);
    }

    /** Position of a partner among the eligible, negative if it is not one of them. */
    private int position(RecordId partner) {
        var ordinal = index.ordinal(partner);
        return ordinal.isPresent() ? Arrays.binarySearch(ordinals, ordinal.getAsInt()) : -1;
    }

    private Term openTerm(int position) {
        return new Term(
                "open-leads", Integer.toString(counters.load(id(position)).open()));
    }

    private String score(int position) {
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
