package dev.rainmaker.assignment;

/**
 * Gauss-Legendre quadrature on [-1, 1] with the integrals of its interpolating polynomials, nodes by Newton's method on
 * the Legendre polynomial (Abramowitz and Stegun 25.4.29). Exact to rounding for polynomials of degree 2n - 1.
 */
final class GaussLegendre {

    private final double[] nodes;
    private final double[] weights;
    private final double[][] integrals;

    GaussLegendre(int n) {
        nodes = new double[n];
        weights = new double[n];
        for (int i = 0; i < n; i++) {
            double x = -StrictMath.cos(StrictMath.PI * (i + .75) / (n + .5));
            double[] at = legendre(n, x);
            for (int step = 0; step < 50 && StrictMath.abs(at[0] / at[1]) > 1e-16; step++) {
                x -= at[0] / at[1];
                at = legendre(n, x);
            }
            nodes[i] = x;
            weights[i] = 2 / ((1 - x * x) * at[1] * at[1]);
        }
        integrals = new double[n][n];
        for (int j = 0; j < n; j++) {
            double half = (nodes[j] + 1) / 2;
            for (int k = 0; k < n; k++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += weights[i] * lagrange(k, -1 + half * (1 + nodes[i]));
                }
                integrals[j][k] = half * sum;
            }
        }
    }

    double node(int i) {
        return nodes[i];
    }

    double weight(int i) {
        return weights[i];
    }

    /** Integral from -1 to node {@code j} of the polynomial that is 1 at node {@code k} and 0 at the others. */
    double integral(int j, int k) {
        return integrals[j][k];
    }

    private double lagrange(int k, double x) {
        double product = 1;
        for (int i = 0; i < nodes.length; i++) {
            if (i != k) {
                product *= (x - nodes[i]) / (nodes[k] - nodes[i]);
            }
        }
        return product;
    }

    /** Value and derivative of the Legendre polynomial of degree n. */
    private static double[] legendre(int n, double x) {
        double before = 1;
        double value = x;
        for (int k = 2; k <= n; k++) {
            double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
            before = value;
            value = next;
        }
        return new double[] {value, n * (x * value - before) / (x * x - 1)};
    }
}
