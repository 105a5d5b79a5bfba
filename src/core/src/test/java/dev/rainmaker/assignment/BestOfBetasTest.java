package dev.rainmaker.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.special.Beta;
import org.junit.jupiter.api.Test;

class BestOfBetasTest {

    /** Golden values of facts/plv.md section 9, printed to seven decimals. */
    @Test
    void agreesWithTheGoldenValues() {
        double[] a = {3, 10, 1};
        double[] b = {7, 20, 3};
        assertThat(BestOfBetas.probabilities(a, b, new double[] {1, 1, 1}))
                .containsExactly(new double[] {.3140212, .4348260, .2511528}, within(5.1e-8));
        assertThat(BestOfBetas.probabilities(a, b, new double[] {1, .8, 1.5}))
                .containsExactly(new double[] {.3234885, .2098358, .4666757}, within(5.1e-8));
    }

    /** Against the same integral by a million midpoints and Hipparchus' incomplete beta function. */
    @Test
    void agreesWithABruteForceIntegral() {
        Random random = new Random(11);
        for (int round = 0; round < 6; round++) {
            int n = 2 + random.nextInt(3);
            double[] a = random.doubles(n, 1, 60).toArray();
            double[] b = random.doubles(n, 1, 90).toArray();
            double[] c = random.doubles(n, .3, 2).toArray();
            double[] found = BestOfBetas.probabilities(a, b, c);
            for (int p = 0; p < n; p++) {
                assertThat(found[p]).isCloseTo(midpoints(a, b, c, p), within(1e-6));
            }
        }
    }

    @Test
    void survivesNarrowAndSingularDistributions() {
        double[] narrow = BestOfBetas.probabilities(
                new double[] {19350, 19350}, new double[] {11280, 11280}, new double[] {1, 1});
        assertThat(narrow[0]).isCloseTo(.5, within(1e-9));
        double[] singular =
                BestOfBetas.probabilities(new double[] {.5, .5}, new double[] {.5, .5}, new double[] {1, 1});
        assertThat(singular[0]).isCloseTo(.5, within(1e-9));
        // P(X > Y) for X ~ Beta(2, 1), Y ~ Beta(.5, 1): 1 - E[F_X(Y)] = 1 - E[Y^2] = 1 - .5/2.5
        double[] mixed = BestOfBetas.probabilities(new double[] {2, .5}, new double[] {1, 1}, new double[] {1, 1});
        assertThat(mixed[0]).isCloseTo(.8, within(1e-5));
    }

    private static double midpoints(double[] a, double[] b, double[] c, int p) {
        int steps = 20_000;
        double sum = 0;
        double before = 0;
        for (int i = 0; i < steps; i++) {
            double u = (i + .5) / steps;
            double after = Beta.regularizedBeta((i + 1.0) / steps, a[p], b[p]);
            double product = after - before;
            before = after;
            for (int q = 0; q < a.length && product > 1e-14; q++) {
                if (q != p) {
                    product *= Beta.regularizedBeta(Math.min(1, u * c[p] / c[q]), a[q], b[q]);
                }
            }
            sum += product;
        }
        return sum;
    }
}
