package dev.rainmaker.assignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.hipparchus.special.Gamma;

/**
 * The probability that each of several scaled Beta variables is the largest: what Thompson sampling would choose, worked
 * out instead of drawn, so that the propensity that is stored is the true one.
 *
 * <pre>pi(p) = integral f_p(u) prod_{q &lt;&gt; p} F_q(min(1, u c_p / c_q)) du</pre>
 *
 * All integrals share one grid over the value v = u c_p: panels that end where a distribution ends or is densest,
 * {@value #NODES} Gauss-Legendre nodes each, distribution functions by integrating the interpolant of the density.
 * Tolerance against a product of incomplete beta functions: 1e-9 for parameters of 1 or more, 1e-5 below.
 */
final class BestOfBetas {

    static final int NODES = 10;

    /** Where panels end, in standard deviations from the mean. */
    private static final double[] DEVIATIONS = {-6, -3, -1, 1, 3, 6};

    /** Halvings of the distance to an end at which a density is infinite. */
    private static final int HALVINGS = 40;

    /** ln 10^-17. */
    private static final double NEGLIGIBLE = -39.1;

    private static final GaussLegendre RULE = new GaussLegendre(NODES);

    private final double[] alpha;
    private final double[] beta;
    private final double[] scale;

    private BestOfBetas(double[] alpha, double[] beta, double[] scale) {
        this.alpha = alpha;
        this.beta = beta;
        this.scale = scale;
    }

    /**
     * @param alpha first parameters, positive
     * @param beta second parameters, positive
     * @param scale positive factors
     * @return probabilities that add up to 1
     */
    static double[] probabilities(double[] alpha, double[] beta, double[] scale) {
        if (alpha.length == 1) {
            return new double[] {1};
        }
        return new BestOfBetas(alpha, beta, scale).integrate();
    }

    private double[] integrate() {
        int n = alpha.length;
        double[] wins = new double[n];
        double[] reached = new double[n];
        double[][] density = new double[n][NODES];
        double[][] distribution = new double[n][NODES];
        double[] constant = new double[n];
        for (int p = 0; p < n; p++) {
            constant[p] = Gamma.logGamma(alpha[p] + beta[p]) - Gamma.logGamma(alpha[p]) - Gamma.logGamma(beta[p]);
        }
        List<Double> ends = panels();
        for (int panel = 1; panel < ends.size(); panel++) {
            double from = ends.get(panel - 1);
            double half = (ends.get(panel) - from) / 2;
            for (int p = 0; p < n; p++) {
                densities(p, constant[p], from, half, density[p]);
                reached[p] = distributions(reached[p], half, density[p], distribution[p]);
            }
            add(wins, half, density, distribution);
        }
        double sum = 0;
        for (double each : wins) {
            sum += each;
        }
        for (int p = 0; p < n; p++) {
            wins[p] /= sum;
        }
        return wins;
    }

    private void densities(int p, double constant, double from, double half, double[] density) {
        if (negligible(p, constant, from, half)) {
            Arrays.fill(density, 0);
            return;
        }
        for (int j = 0; j < NODES; j++) {
            double u = (from + half * (1 + RULE.node(j))) / scale[p];
            density[j] = u <= 0 || u >= 1 ? 0 : StrictMath.exp(logDensity(p, constant, u)) / scale[p];
        }
    }

    private double logDensity(int p, double constant, double u) {
        return constant + (alpha[p] - 1) * StrictMath.log(u) + (beta[p] - 1) * StrictMath.log1p(-u);
    }

    /** Whether a density with one peak is below 10^-17 at the panel's end nearest to the peak, so all over the panel. */
    private boolean negligible(int p, double constant, double from, double half) {
        double low = from / scale[p];
        double high = (from + 2 * half) / scale[p];
        if (low >= 1) {
            return true;
        }
        if (alpha[p] < 1 || beta[p] < 1 || alpha[p] + beta[p] <= 2) {
            return false;
        }
        double peak = (alpha[p] - 1) / (alpha[p] + beta[p] - 2);
        double nearest = high < peak ? high : low > peak ? low : peak;
        return nearest != peak && nearest > 0 && nearest < 1 && logDensity(p, constant, nearest) < NEGLIGIBLE;
    }

    /** Fills in the distribution function at the nodes and returns it at the panel's end. */
    private static double distributions(double before, double half, double[] density, double[] distribution) {
        if (density[0] == 0 && density[NODES / 2] == 0 && density[NODES - 1] == 0) {
            Arrays.fill(distribution, before);
            return before;
        }
        double end = before;
        for (int j = 0; j < NODES; j++) {
            end += half * RULE.weight(j) * density[j];
            double upTo = 0;
            for (int k = 0; k < NODES; k++) {
                upTo += RULE.integral(j, k) * density[k];
            }
            distribution[j] = StrictMath.min(1, StrictMath.max(0, before + half * upTo));
        }
        return StrictMath.min(1, end);
    }

    private static void add(double[] wins, double half, double[][] density, double[][] distribution) {
        int n = wins.length;
        double[] after = new double[n + 1];
        for (int j = 0; j < NODES; j++) {
            after[n] = 1;
            for (int p = n - 1; p >= 0; p--) {
                after[p] = after[p + 1] * distribution[p][j];
            }
            double before = 1;
            for (int p = 0; p < n; p++) {
                wins[p] += half * RULE.weight(j) * density[p][j] * before * after[p + 1];
                before *= distribution[p][j];
            }
        }
    }

    private List<Double> panels() {
        TreeSet<Double> ends = new TreeSet<>();
        ends.add(0.0);
        for (int p = 0; p < alpha.length; p++) {
            double c = scale[p];
            ends.add(c);
            double total = alpha[p] + beta[p];
            double mean = alpha[p] / total;
            double deviation = StrictMath.sqrt(mean * (1 - mean) / (total + 1));
            for (double deviations : DEVIATIONS) {
                double u = mean + deviations * deviation;
                if (u > 0 && u < 1) {
                    ends.add(u * c);
                }
            }
            for (int k = 1; k <= HALVINGS; k++) {
                double distance = StrictMath.scalb(1.0, -k);
                if (alpha[p] < 1) {
                    ends.add(c * distance);
                }
                if (beta[p] < 1) {
                    ends.add(c * (1 - distance));
                }
            }
        }
        return new ArrayList<>(ends);
    }
}
