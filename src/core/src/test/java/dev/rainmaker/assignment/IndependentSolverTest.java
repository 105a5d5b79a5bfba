package dev.rainmaker.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.Loader;
import com.google.ortools.graph.MinCostFlow;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The joint assignment against OR-Tools' min-cost flow, a solver of other people on other principles. */
class IndependentSolverTest {

    @Test
    void totalEqualsTheOptimumOfAnIndependentSolver() {
        Loader.loadNativeLibraries();
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            var problem = CapacitatedMatchingTest.Problem.random(
                    random, 50 + random.nextInt(250), 5 + random.nextInt(40), 1_000_000, false);
            var plan = problem.solve();
            CapacitatedMatchingTest.assertValid(problem, plan);
            assertThat(plan.total()).as("seed %d", seed).isEqualTo(optimum(problem));
        }
    }

    private static long optimum(CapacitatedMatchingTest.Problem problem) {
        int leads = problem.utility().length;
        int partners = problem.capacity().length;
        int sink = leads + partners;
        MinCostFlow flow = new MinCostFlow();
        for (int lead = 0; lead < leads; lead++) {
            for (int p = 0; p < partners; p++) {
                if (problem.utility()[lead][p] != CapacitatedMatching.NEVER) {
                    flow.addArcWithCapacityAndUnitCost(lead, leads + p, 1, -problem.utility()[lead][p]);
                }
            }
            flow.addArcWithCapacityAndUnitCost(lead, sink, 1, 0);
            flow.setNodeSupply(lead, 1);
        }
        for (int p = 0; p < partners; p++) {
            flow.addArcWithCapacityAndUnitCost(leads + p, sink, problem.capacity()[p], 0);
        }
        flow.setNodeSupply(sink, -leads);
        assertThat(flow.solve()).isEqualTo(MinCostFlow.Status.OPTIMAL);
        return -flow.getOptimalCost();
    }
}
