package dev.rainmaker.lifetimevalue.model;

import java.util.function.DoubleUnaryOperator;

/** Gauss-Legendre quadrature; nodes by Newton's method on the Legendre polynomial. */
final class GaussLegendre {

    /** Exact to 1e-12 for e^-t over an interval of length 4. */
    static final GaussLegendre POINTS_8 = new GaussLegendre(8);
    /** The same for a length of 12. */
    static final GaussLegendre POINTS_12 = new GaussLegendre(12);
    /** The same for a length of 40. */
    static final GaussLegendre POINTS_24 = new GaussLegendre(24);

    final double[] nodes;
    final double[] weights;

    private GaussLegendre(int points) {
        nodes = new double[points];
        weights = new double[points];
        for (int i = 0; i < points; i++) {
            place(i, points);
        }
    }

    private void place(int i, int points) {
        double x = StrictMath.cos(StrictMath.PI * (i + 0.75) / (points + 0.5));
        double slope = 1;
        for (int round = 0; round < 100; round++) {
            double before = 0;
            double value = 1;
            for (int n = 0; n < points; n++) {
                double next = ((2 * n + 1) * x * value - n * before) / (n + 1);
                before = value;
                value = next;
            }
            slope = points * (x * value - before) / (x * x - 1);
            double step = value / slope;
            x -= step;
            if (StrictMath.abs(step) < 1e-16) {
                break;
            }
        }
        nodes[i] = x;
        weights[i] = 2 / ((1 - x * x) * slope * slope);
    }

    /** The integral of f from low to high. */
    double integrate(DoubleUnaryOperator f, double low, double high) {
        double half = (high - low) / 2;
        double middle = (high + low) / 2;
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * f.applyAsDouble(middle + half * nodes[i]);
        }
        return sum * half;
    }
}
