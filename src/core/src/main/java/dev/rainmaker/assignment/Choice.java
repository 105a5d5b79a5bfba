package dev.rainmaker.assignment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy made of the eligible partners. Arrays run over the eligible partners in the order of their ordinals.
 *
 * @param ordinals the eligible partners
 * @param chosen positions in {@code ordinals}; one for an assignment, several for an offer
 * @param offered whether the chosen are offered the lead instead of getting it
 * @param propensities chance of each, null for an offer
 * @param drawn the point drawn, null where nothing was left to chance
 * @param merit orders candidates for display, higher is better
 * @param terms what spoke for the candidate at a position
 * @param rotation what becomes of the rotation, null where there is none
 */
record Choice(
        int[] ordinals,
        List<Integer> chosen,
        boolean offered,
        @Nullable Propensities propensities,
        @Nullable Long drawn,
        double[] merit,
        IntFunction<List<Term>> terms,
        Rotation.@Nullable Change rotation) {

    static Choice certain(int[] ordinals, int winner, double[] merit, IntFunction<List<Term>> terms) {
        return new Choice(
                ordinals,
                List.of(winner),
                false,
                Propensities.certain(winner, ordinals.length),
                null,
                merit,
                terms,
                null);
    }

    static Choice drawn(
            int[] ordinals, Propensities propensities, Seed seed, double[] merit, IntFunction<List<Term>> terms) {
        long point = seed.below(Propensities.ONE);
        return new Choice(ordinals, List.of(propensities.at(point)), false, propensities, point, merit, terms, null);
    }

    Choice rotating(Rotation.Change change) {
        return new Choice(ordinals, chosen, offered, propensities, drawn, merit, terms, change);
    }

    Choice offeredTo(List<Integer> positions) {
        return new Choice(ordinals, positions.stream().sorted().toList(), true, null, null, merit, terms, null);
    }

    /** Positions of the best, at most {@code limit}, the chosen ones always among them and first. */
    List<Integer> best(int limit) {
        BitSet taken = new BitSet();
        List<Integer> best = new ArrayList<>();
        for (int position : chosen) {
            if (best.size() < limit) {
                best.add(position);
                taken.set(position);
            }
        }
        int room = limit - best.size();
        PriorityQueue<Integer> heap = new PriorityQueue<>(
                (a, b) -> merit[a] != merit[b] ? Double.compare(merit[a], merit[b]) : Integer.compare(b, a));
        for (int i = 0; i < ordinals.length && room > 0; i++) {
            if (!taken.get(i)) {
                if (heap.size() < room) {
                    heap.add(i);
                } else if (merit[i] > merit[heap.element()]) { // of two alike the earlier one stays
                    heap.poll();
                    heap.add(i);
                }
            }
        }
        LinkedList<Integer> rest = new LinkedList<>();
        while (!heap.isEmpty()) {
            rest.addFirst(heap.poll());
        }
        best.addAll(rest);
        return best;
    }
}
