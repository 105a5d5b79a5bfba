package dev.rainmaker.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CapacitatedMatchingTest {

    record Problem(long[][] utility, int[] capacity, int[] floor) {

        static Problem random(Random random, int leads, int partners, int most, boolean floors) {
            long[][] utility = new long[leads][partners];
            for (long[] row : utility) {
                for (int p = 0; p < partners; p++) {
                    row[p] = random.nextInt(5) == 0 ? CapacitatedMatching.NEVER : random.nextInt(most);
                }
            }
            int[] capacity = random.ints(partners, 0, 4).toArray();
            int[] floor = random.ints(partners, 0, floors ? 3 : 1).toArray();
            return new Problem(utility, capacity, floor);
        }

        CapacitatedMatching.Plan solve() {
            return CapacitatedMatching.solve(utility, capacity, floor);
        }
    }

    /** At most 6 leads and 4 partners: 5^6 plans are all looked at. */
    @Property(tries = 150)
    void equalsBruteForceOnSmallCases(
            @ForAll @IntRange(min = 1, max = 6) int leads, @ForAll long seed, @ForAll boolean floors) {
        Problem problem = Problem.random(new Random(seed), leads, 1 + (int) Math.floorMod(seed, 4L), 30, floors);
        long[] best = {-1, Long.MIN_VALUE};
        bruteForce(problem, new int[leads], 0, new int[problem.capacity().length], 0, best);
        CapacitatedMatching.Plan plan = problem.solve();
        assertThat((long) filled(problem, plan)).isEqualTo(best[0]);
        assertThat(plan.total()).isEqualTo(best[1]);
        assertValid(problem, plan);
    }

    /** Eight leads, three partners, the case that the facts ask for. */
    @Test
    void equalsBruteForceForEightLeads() {
        for (long seed = 0; seed < 12; seed++) {
            Problem problem = Problem.random(new Random(seed), 8, 3, 1000, seed % 2 == 0);
            long[] best = {-1, Long.MIN_VALUE};
            bruteForce(problem, new int[8], 0, new int[3], 0, best);
            assertThat(problem.solve().total()).as("seed %d", seed).isEqualTo(best[1]);
        }
    }

    /** Weak duality: no plan can be worth more than the certificate, so equality proves the optimum. */
    @Property(tries = 100)
    void pricesCertifyTheOptimum(@ForAll long seed) {
        Problem problem = Problem.random(new Random(seed), 60, 15, 1_000_000, false);
        CapacitatedMatching.Plan plan = problem.solve();
        long bound = 0;
        for (long[] row : problem.utility()) {
            long most = 0;
            for (int p = 0; p < row.length; p++) {
                if (row[p] != CapacitatedMatching.NEVER && problem.capacity()[p] > 0) {
                    most = Math.max(most, row[p] - plan.prices()[p]);
                }
            }
            bound += most;
        }
        for (int p = 0; p < plan.prices().length; p++) {
            bound += plan.prices()[p] * problem.capacity()[p];
        }
        assertThat(plan.total()).isEqualTo(bound);
        assertValid(problem, plan);
    }

    @Test
    void floorIsFilledEvenWhereItCostsUtility() {
        var plan = CapacitatedMatching.solve(new long[][] {{100, 1}, {90, 2}}, new int[] {2, 2}, new int[] {0, 1});
        assertThat(plan.partners()).containsExactly(0, 1);
        assertThat(plan.missedFloor()).isZero();
        var impossible = CapacitatedMatching.solve(
                new long[][] {{100, CapacitatedMatching.NEVER}}, new int[] {2, 2}, new int[] {0, 1});
        assertThat(impossible.partners()).containsExactly(0);
        assertThat(impossible.missedFloor()).isEqualTo(1);
    }

    static void assertValid(Problem problem, CapacitatedMatching.Plan plan) {
        int[] load = new int[problem.capacity().length];
        for (int lead = 0; lead < plan.partners().length; lead++) {
            int partner = plan.partners()[lead];
            if (partner >= 0) {
                load[partner]++;
                assertThat(problem.utility()[lead][partner]).isNotEqualTo(CapacitatedMatching.NEVER);
            }
        }
        for (int p = 0; p < load.length; p++) {
            assertThat(load[p]).isLessThanOrEqualTo(problem.capacity()[p]);
        }
    }

    private static int filled(Problem problem, CapacitatedMatching.Plan plan) {
        int[] load = new int[problem.capacity().length];
        for (int partner : plan.partners()) {
            if (partner >= 0) {
                load[partner]++;
            }
        }
        return filled(problem, load);
    }

    private static int filled(Problem problem, int[] load) {
        int filled = 0;
        for (int p = 0; p < load.length; p++) {
            filled += Math.min(load[p], Math.min(problem.floor()[p], problem.capacity()[p]));
        }
        return filled;
    }

    /** best = {most places of floors filled, most utility among those}. */
    private static void bruteForce(Problem problem, int[] plan, int lead, int[] load, long total, long[] best) {
        if (lead == plan.length) {
            int filled = filled(problem, load);
            if (filled > best[0] || filled == best[0] && total > best[1]) {
                best[0] = filled;
                best[1] = total;
            }
            return;
        }
        bruteForce(problem, plan, lead + 1, load, total, best);
        for (int p = 0; p < load.length; p++) {
            long utility = problem.utility()[lead][p];
            if (utility != CapacitatedMatching.NEVER && load[p] < problem.capacity()[p]) {
                load[p]++;
                bruteForce(problem, plan, lead + 1, load, total + utility, best);
                load[p]--;
            }
        }
    }
}
