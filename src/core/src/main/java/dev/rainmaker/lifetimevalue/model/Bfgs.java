package dev.rainmaker.lifetimevalue.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Maximum of a smooth function of a few variables inside a box, by the Broyden-Fletcher-Goldfarb-Shanno update with a
 * projected, backtracking line search. Written for two to five variables: the inverse Hessian is a dense matrix.
 */
final class Bfgs {

    static final int MOST_EVALUATIONS = 120;
    /** So many steps in a row that gain next to nothing end the search: it walks along a flat ridge. */
    private static final int FLAT_STEPS = 4;

    private static final double SUFFICIENT = 1e-4;
    private static final double ROUNDING = 1e-14;
    /** Where the curvature is known, a step that promises less than this share of no gain is not taken. */
    private static final double NOTHING_LEFT = 0.01;
    /** Where rounding stops the search short of the tolerance, this many times the tolerance still counts as the top. */
    private static final double ROUNDED_TOLERANCE = 100;

    /** A function and its gradient. */
    interface Function {
        /** Returns the value at {@code at} and fills {@code gradient}; may return NaN outside its domain. */
        double at(double[] at, double[] gradient);
    }

    private final Function function;
    private final double[] low;
    private final double[] high;
    private final double tolerance;
    private final double flatGain;
    private final int mostEvaluations;
    private int evaluations;

    /**
     * @param function to maximise, scaled so that its value changes by about one over the region of interest
     * @param low lower border of the box
     * @param high upper border of the box
     * @param tolerance largest component of the projected gradient that counts as zero
     * @param flatGain gain of a step that counts as none
     * @param mostEvaluations of the function, after which the search gives up
     */
    Bfgs(Function function, double[] low, double[] high, double tolerance, double flatGain, int mostEvaluations) {
        this.function = function;
        this.low = low;
        this.high = high;
        this.tolerance = tolerance;
        this.flatGain = flatGain;
        this.mostEvaluations = mostEvaluations;
    }

    Maximum from(double[] start) {
        return from(start, null);
    }

    /**
     * Climbs.
     *
     * @param known inverse of the negated second derivatives near {@code start}, null where nothing is known of them
     */
    Maximum from(double[] start, double @Nullable [][] known) {
        int n = start.length;
        double[] at = clip(start);
        double[] gradient = new double[n];
        double value = evaluate(at, gradient);
        double @Nullable [][] inverse = known;
        boolean converged = false;
        int flatSteps = 0;
        while (evaluations < mostEvaluations) {
            if (flatSteps >= FLAT_STEPS || projectedSize(at, gradient) <= tolerance) {
                converged = true;
                break;
            }
            double[] direction = direction(inverse, at, gradient);
            double slope = dot(direction, gradient);
            if (known != null && inverse != null && slope >= 0 && slope / 2 <= NOTHING_LEFT * flatGain) {
                converged = true;
                break;
            }
            if (!(slope > 0)) {
                inverse = null;
                direction = direction(null, at, gradient);
                slope = dot(direction, gradient);
            }
            double largest = largest(direction);
            double step = inverse == null ? StrictMath.min(1, 0.5 / largest) : StrictMath.min(1, 2 / largest);
            double @Nullable [] next = null;
            double[] nextGradient = new double[n];
            double nextValue = Double.NaN;
            for (int trial = 0; trial < 40; trial++) {
                next = clip(plus(at, direction, step));
                nextValue = evaluate(next, nextGradient);
                if (nextValue >= value + SUFFICIENT * step * slope
                        || flattens(value, nextValue, slope, dot(direction, nextGradient))) {
                    break;
                }
                next = null;
                step *= shrink(value, nextValue, step, slope);
            }
            if (next == null) {
                if (inverse == null) {
                    break;
                }
                inverse = null;
                continue;
            }
            flatSteps = nextValue - value <= flatGain ? flatSteps + 1 : 0;
            inverse = update(inverse, at, next, gradient, nextGradient);
            at = next;
            gradient = nextGradient;
            value = nextValue;
        }
        boolean flat = converged || projectedSize(at, gradient) <= ROUNDED_TOLERANCE * tolerance;
        return new Maximum(at, value, evaluations, flat, onBorder(at));
    }

    /** Near the top rounding hides the rise; there a step counts that lowers the slope along it (approximate Wolfe rule). */
    private static boolean flattens(double value, double next, double slope, double nextSlope) {
        return next >= value - ROUNDING * StrictMath.abs(value) && StrictMath.abs(nextSlope) <= 0.9 * slope;
    }

    private double evaluate(double[] at, double[] gradient) {
        evaluations++;
        return function.at(at, gradient);
    }

    private static double shrink(double value, double next, double step, double slope) {
        double curvature = value + step * slope - next;
        if (!(curvature > 0) || Double.isInfinite(curvature)) {
            return 0.1;
        }
        return StrictMath.min(0.5, StrictMath.max(0.1, step * slope / (2 * curvature)));
    }

    /** Ascent direction; coordinates held at the border by the gradient do not move. */
    private double[] direction(double @Nullable [][] inverse, double[] at, double[] gradient) {
        int n = at.length;
        double[] free = new double[n];
        for (int i = 0; i < n; i++) {
            free[i] = held(at, gradient, i) ? 0 : gradient[i];
        }
        if (inverse == null) {
            return free;
        }
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            result[i] = held(at, gradient, i) ? 0 : dot(inverse[i], free);
        }
        return result;
    }

    private boolean held(double[] at, double[] gradient, int i) {
        return (at[i] <= low[i] && gradient[i] < 0) || (at[i] >= high[i] && gradient[i] > 0);
    }

    private double projectedSize(double[] at, double[] gradient) {
        double size = 0;
        for (int i = 0; i < at.length; i++) {
            if (!held(at, gradient, i)) {
                size = StrictMath.max(size, StrictMath.abs(gradient[i]));
            }
        }
        return size;
    }

    /** The update of the inverse Hessian of the negated function; starts from a scaled identity. */
    private static double[][] update(
            double @Nullable [][] old, double[] at, double[] next, double[] g, double[] nextG) {
        int n = at.length;
        double[] s = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            s[i] = next[i] - at[i];
            y[i] = g[i] - nextG[i];
        }
        double sy = dot(s, y);
        double[][] h = old;
        if (h == null) {
            h = new double[n][n];
            double scale = sy > 0 ? sy / dot(y, y) : 1;
            for (int i = 0; i < n; i++) {
                h[i][i] = scale;
            }
        }
        if (sy <= 1e-14 * StrictMath.sqrt(dot(s, s) * dot(y, y))) {
            return h;
        }
        double[] hy = new double[n];
        for (int i = 0; i < n; i++) {
            hy[i] = dot(h[i], y);
        }
        double factor = (1 + dot(y, hy) / sy) / sy;
        double[][] result = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                result[i][j] = h[i][j] + factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
            }
        }
        return result;
    }

    private boolean onBorder(double[] at) {
        for (int i = 0; i < at.length; i++) {
            if (at[i] <= low[i] + 1e-9 || at[i] >= high[i] - 1e-9) {
                return true;
            }
        }
        return false;
    }

    private double[] clip(double[] at) {
        double[] result = new double[at.length];
        Arrays.setAll(result, i -> StrictMath.min(high[i], StrictMath.max(low[i], at[i])));
        return result;
    }

    private static double[] plus(double[] at, double[] direction, double step) {
        double[] result = new double[at.length];
        Arrays.setAll(result, i -> at[i] + step * direction[i]);
        return result;
    }

    private static double largest(double[] vector) {
        double size = 0;
        for (double v : vector) {
            size = StrictMath.max(size, StrictMath.abs(v));
        }
        return size;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
