package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One turn of a weighted rotation by the quota method (Balinski and Young 1975): each turn every eligible partner earns
 * its share of one lead; of those that have earned part of one, the lead goes to the partner that would reach a whole
 * lead first. Among partners that stay eligible no one is ever a whole lead away from its share.
 */
final class WeightedTurn {

    /** One lead in units of credit; divisible by every number up to 40, so that common shares are exact. */
    static final long LEAD = 5_342_931_457_063_200L;

    private final Strategy.WeightedRoundRobin strategy;
    private final Rotation rotation;
    private final int[] ordinals;
    private final PartnerIndex index;

    WeightedTurn(Strategy.WeightedRoundRobin strategy, Rotation rotation, int[] ordinals, PartnerIndex index) {
        this.strategy = strategy;
        this.rotation = rotation;
        this.ordinals = ordinals;
        this.index = index;
    }

    Choice choice() {
        long[] credits = credits();
        int next = next(credits);
        double[] merit = new double[credits.length];
        Map<RecordId, Long> marks = new TreeMap<>();
        for (int i = 0; i < credits.length; i++) {
            merit[i] = (double) credits[i] / LEAD;
            marks.put(id(i), i == next ? credits[i] - LEAD : credits[i]);
        }
        return Choice.certain(
                        ordinals,
                        next,
                        merit,
                        i -> List.of(
                                new Term("weight", Integer.toString(strategy.weight(id(i)))),
                                new Term("credit", Choosing.decimal(merit[i]))))
                .rotating(new Rotation.Change(strategy.rotation(), rotation.turns() + 1, marks));
    }

    /** Credit of each after earning its share of this turn; shares add up to one lead exactly. */
    private long[] credits() {
        long total = 0;
        for (int i = 0; i < ordinals.length; i++) {
            total += strategy.weight(id(i));
        }
        long[] credits = new long[ordinals.length];
        long left = LEAD;
        for (int i = 0; i < credits.length; i++) {
            long share = share(strategy.weight(id(i)), total);
            left -= share;
            credits[i] = rotation.marks().getOrDefault(id(i), 0L) + share;
        }
        for (int i = 0; left > 0; i = (i + 1) % credits.length, left--) {
            credits[i]++;
        }
        return credits;
    }

    private static long share(long weight, long total) {
        return LEAD / total * weight + LEAD % total * weight / total;
    }

    private int next(long[] credits) {
        int next = -1;
        double soonest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < credits.length; i++) {
            double turnsToWhole = (double) (LEAD - credits[i]) / strategy.weight(id(i));
            if (credits[i] > 0 && (next < 0 || turnsToWhole < soonest)) {
                next = i;
                soonest = turnsToWhole;
            }
        }
        return next < 0 ? mostCredit(credits) : next;
    }

    /** Only where partners came and went can nobody have credit: then it goes to who owes least. */
    private static int mostCredit(long[] credits) {
        int most = 0;
        for (int i = 1; i < credits.length; i++) {
            if (credits[i] > credits[most]) {
                most = i;
            }
        }
        return most;
    }

    private RecordId id(int position) {
        return index.partner(ordinals[position]).id();
    }
}
