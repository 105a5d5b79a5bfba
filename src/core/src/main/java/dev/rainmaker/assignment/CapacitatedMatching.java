package dev.rainmaker.assignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best joint assignment of leads to partners under capacities and floors, by successive shortest paths with
 * potentials (min-cost flow; Edmonds and Karp 1972, one augmentation per lead). All utilities are whole numbers, so the
 * result is exact and the same on every machine; ties go to the smaller index.
 *
 * <p>Maximises sum U(l,p) z(l,p) with at most one partner per lead and at most {@code capacity[p]} leads per partner; as
 * many of the {@code floor[p]} leads as can be met are met first. O(leads x partners^2) at worst.
 */
public final class CapacitatedMatching {

    /** Utility of a pair that must not be. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Largest utility. */
    public static final long MOST = 1_000_000_000_000L;

    private static final long FAR = Long.MAX_VALUE / 4;

    /**
     * @param partners partner per lead, -1 for none
     * @param total sum of the utilities
     * @param prices what one more place at a partner would be worth: with {@code total} a certificate of optimality where
     *     there are no floors, and between batches the rule "best utility minus price"
     * @param missedFloor places of floors that no lead could fill
     */
    public record Plan(int[] partners, long total, long[] prices, int missedFloor) {}

    private final long[][] utility;
    private final int[] slotPartner;
    private final int[] room;
    private final long[] bonus;
    private final long[] price;
    private final List<List<Integer>> held = new ArrayList<>();
    private final long[][] move;
    private final int[][] mover;
    private final int[] slotOfLead;
    private final int partners;

    private CapacitatedMatching(long[][] utility, int[] capacity, int[] floor) {
        this.utility = utility;
        this.partners = capacity.length;
        List<int[]> slots = new ArrayList<>();
        for (int p = 0; p < partners; p++) {
            int reserved = Math.min(floor[p], capacity[p]);
            if (reserved > 0) {
                slots.add(new int[] {p, reserved, 1});
            }
            if (capacity[p] > reserved) {
                slots.add(new int[] {p, capacity[p] - reserved, 0});
            }
        }
        int n = slots.size();
        slotPartner = new int[n];
        room = new int[n];
        bonus = new long[n];
        price = new long[n];
        long worthMore = bonusFor(utility);
        for (int s = 0; s < n; s++) {
            slotPartner[s] = slots.get(s)[0];
            room[s] = slots.get(s)[1];
            bonus[s] = slots.get(s)[2] * worthMore;
            held.add(new ArrayList<>());
        }
        move = new long[n][n];
        mover = new int[n][n];
        slotOfLead = new int[utility.length];
        Arrays.fill(slotOfLead, -1);
    }

    /** Filling a floor must beat every sum of utilities that it could cost. */
    private static long bonusFor(long[][] utility) {
        long largest = 1;
        for (long[] row : utility) {
            for (long each : row) {
                if (each != NEVER) {
                    if (each < 0 || each > MOST) {
                        throw new IllegalArgumentException("a utility lies in 0.." + MOST + ", not " + each);
                    }
                    largest = Math.max(largest, each);
                }
            }
        }
        return Math.multiplyExact(largest + 1, utility.length + 1L);
    }

    /**
     * @param utility per lead and partner, 0..{@link #MOST} or {@link #NEVER}
     * @param capacity per partner, 0 or more
     * @param floor per partner, 0 or more; what exceeds the capacity is ignored
     */
    public static Plan solve(long[][] utility, int[] capacity, int[] floor) {
        CapacitatedMatching matching = new CapacitatedMatching(utility, capacity, floor);
        for (int lead = 0; lead < utility.length; lead++) {
            matching.insert(lead);
        }
        return matching.plan();
    }

    /** Cost of a lead at a slot; leads may also stay alone at cost 0. */
    private long cost(int lead, int slot) {
        long u = utility[lead][slotPartner[slot]];
        return u == NEVER ? FAR : -u - bonus[slot];
    }

    /** Finds the cheapest way to place one more lead, moving others, and takes it. */
    private void insert(int lead) {
        int n = room.length;
        long[] distance = new long[n];
        int[] from = new int[n];
        boolean[] done = new boolean[n];
        for (int s = 0; s < n; s++) {
            long cost = cost(lead, s);
            distance[s] = cost >= FAR ? FAR : cost + price[s];
            from[s] = -1;
        }
        // Staying alone costs 0; any held lead may be left alone too. That end of the path has no price.
        long best = 0;
        int last = -1;
        boolean lastLeaves = false;
        while (true) {
            int next = nearest(distance, done, best);
            if (next < 0) {
                break;
            }
            done[next] = true;
            if (held.get(next).size() < room[next]) {
                best = distance[next];
                last = next;
                lastLeaves = false;
                break;
            }
            long leaving = distance[next] - price[next] + cheapestLeaver(next);
            if (leaving < best) {
                best = leaving;
                last = next;
                lastLeaves = true;
            }
            relax(next, distance, from, done);
        }
        for (int s = 0; s < n; s++) {
            if (done[s] && distance[s] < best) {
                price[s] += best - distance[s];
            }
        }
        augment(lead, last, lastLeaves, from);
    }

    private static int nearest(long[] distance, boolean[] done, long below) {
        int nearest = -1;
        long least = below;
        for (int s = 0; s < distance.length; s++) {
            if (!done[s] && distance[s] < least) {
                least = distance[s];
                nearest = s;
            }
        }
        return nearest;
    }

    private void relax(int slot, long[] distance, int[] from, boolean[] done) {
        long base = distance[slot] - price[slot];
        long[] moves = move[slot];
        for (int s = 0; s < distance.length; s++) {
            if (!done[s] && moves[s] < FAR) {
                long through = base + moves[s] + price[s];
                if (through < distance[s]) {
                    distance[s] = through;
                    from[s] = slot;
                }
            }
        }
    }

    /** What it costs to leave alone the held lead that loses least. */
    private long cheapestLeaver(int slot) {
        long cheapest = FAR;
        for (int lead : held.get(slot)) {
            cheapest = Math.min(cheapest, -cost(lead, slot));
        }
        return cheapest;
    }

    private void augment(int lead, int last, boolean leaves, int[] from) {
        if (last < 0) {
            return;
        }
        List<Integer> changed = new ArrayList<>();
        if (leaves) {
            int leaver = held.get(last).stream()
                    .min((a, b) -> cost(a, last) != cost(b, last)
                            ? Long.compare(-cost(a, last), -cost(b, last))
                            : Integer.compare(a, b))
                    .orElseThrow();
            held.get(last).remove((Integer) leaver);
            slotOfLead[leaver] = -1;
        }
        int slot = last;
        while (from[slot] >= 0) {
            int before = from[slot];
            int moving = mover[before][slot];
            held.get(before).remove((Integer) moving);
            place(moving, slot);
            changed.add(slot);
            slot = before;
        }
        place(lead, slot);
        changed.add(slot);
        changed.forEach(this::refresh);
    }

    private void place(int lead, int slot) {
        held.get(slot).add(lead);
        slotOfLead[lead] = slot;
    }

    /** Works out anew what moving one of a full slot's leads to each other slot costs. */
    private void refresh(int slot) {
        if (held.get(slot).size() < room[slot]) {
            return;
        }
        long[] moves = move[slot];
        int[] movers = mover[slot];
        Arrays.fill(moves, FAR);
        for (int lead : held.get(slot)) {
            long here = cost(lead, slot);
            for (int s = 0; s < moves.length; s++) {
                long there = cost(lead, s);
                if (there < FAR && s != slot && there - here < moves[s]) {
                    moves[s] = there - here;
                    movers[s] = lead;
                }
            }
        }
    }

    private Plan plan() {
        int[] chosen = new int[utility.length];
        long total = 0;
        for (int lead = 0; lead < chosen.length; lead++) {
            int slot = slotOfLead[lead];
            chosen[lead] = slot < 0 ? -1 : slotPartner[slot];
            total += slot < 0 ? 0 : utility[lead][slotPartner[slot]];
        }
        long[] prices = new long[partners];
        int missed = 0;
        for (int s = 0; s < room.length; s++) {
            prices[slotPartner[s]] = Math.max(prices[slotPartner[s]], price[s] - bonus[s]);
            missed += bonus[s] > 0 ? room[s] - held.get(s).size() : 0;
        }
        return new Plan(chosen, total, prices, missed);
    }
}
