package dev.rainmaker.lifetimevalue.model;

import java.util.function.DoubleUnaryOperator;

/** Gauss-Legendre quadrature with 24 points; nodes by Newton's method on the Legendre polynomial. */
final class GaussLegendre {

    static final int POINTS = 24;
    private static final double[] NODES = new double[POINTS];
    private static final double[] WEIGHTS = new double[POINTS];

    static {
        for (int i = 0; i < POINTS; i++) {
            place(i);
        }
    }

    private GaussLegendre() {}

    private static void place(int i) {
        double x = StrictMath.cos(StrictMath.PI * (i + 0.75) / (POINTS + 0.5));
        double slope = 1;
        for (int round = 0; round < 100; round++) {
            double before = 0;
            double value = 1;
            for (int n = 0; n < POINTS; n++) {
                double next = ((2 * n + 1) * x * value - n * before) / (n + 1);
                before = value;
                value = next;
            }
            slope = POINTS * (x * value - before) / (x * x - 1);
            double step = value / slope;
            x -= step;
            if (StrictMath.abs(step) < 1e-16) {
                break;
            }
        }
        NODES[i] = x;
        WEIGHTS[i] = 2 / ((1 - x * x) * slope * slope);
    }

    /** The i-th node on [-1, 1]. */
    static double node(int i) {
        return NODES[i];
    }

    /** The weight of the i-th node; all weights sum to 2. */
    static double weight(int i) {
        return WEIGHTS[i];
    }

    /** The integral of f from low to high. */
    static double integrate(DoubleUnaryOperator f, double low, double high) {
        double half = (high - low) / 2;
        double middle = (high + low) / 2;
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            sum += WEIGHTS[i] * f.applyAsDouble(middle + half * NODES[i]);
        }
        return sum * half;
    }
}
