package dev.rainmaker.lifetimevalue.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood of many groups in two stages: a sample gives the starting point and the curvature there, so that all groups
 * together need a few Newton-like steps only. A fit that does not come to rest soon from there never will: it ends after
 * {@value #MOST_FULL_EVALUATIONS} looks at all groups and says that it did not converge.
 */
final class StagedFit {

    private static final int MOST_FULL_EVALUATIONS = 24;
    private static final double STEP = 1e-4;

    private final Function<DealFlowData, Bfgs.Function> mean;
    private final double[] low;
    private final double[] high;

    /**
     * @param mean the mean log-likelihood per partner and its gradient, over logarithms of the parameters
     * @param low lower border of the box
     * @param high upper border of the box
     */
    StagedFit(Function<DealFlowData, Bfgs.Function> mean, double[] low, double[] high) {
        this.mean = mean;
        this.low = low;
        this.high = high;
    }

    /** @param sample of more groups than this, about a quarter as many make the first stage */
    Maximum of(DealFlowData data, double[] start, int sample) {
        if (data.groups() <= sample) {
            return search(data, Bfgs.MOST_EVALUATIONS).from(start);
        }
        DealFlowData few = data.sample(data.groups() / (sample / 4));
        Maximum first = search(few, Bfgs.MOST_EVALUATIONS).from(start);
        double @Nullable [][] inverse = first.atBound() ? null : inverseCurvature(mean.apply(few), first.at());
        return search(data, MOST_FULL_EVALUATIONS).from(first.at(), inverse);
    }

    private Bfgs search(DealFlowData data, int most) {
        return new Bfgs(
                mean.apply(data), low, high, LogParameters.TOLERANCE, LogParameters.FLAT / data.partners(), most);
    }

    /** Inverse of the negated matrix of second derivatives, by differences of gradients; null where it is not a maximum's. */
    static double @Nullable [][] inverseCurvature(Bfgs.Function function, double[] at) {
        int n = at.length;
        double[][] curvature = new double[n][n];
        double[] up = new double[n];
        double[] down = new double[n];
        for (int i = 0; i < n; i++) {
            double[] moved = at.clone();
            moved[i] = at[i] + STEP;
            function.at(moved, up);
            moved[i] = at[i] - STEP;
            function.at(moved, down);
            for (int j = 0; j < n; j++) {
                curvature[i][j] += (down[j] - up[j]) / (4 * STEP);
                curvature[j][i] += (down[j] - up[j]) / (4 * STEP);
            }
        }
        return inverse(curvature);
    }

    /** Gauss-Jordan without pivoting, which a positive definite matrix does not need: its pivots are positive. */
    private static double @Nullable [][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] result = new double[n][n];
        for (int i = 0; i < n; i++) {
            result[i][i] = 1;
        }
        for (int i = 0; i < n; i++) {
            double pivot = matrix[i][i];
            if (!(pivot > 1e-12)) {
                return null;
            }
            for (int row = 0; row < n; row++) {
                double factor = matrix[row][i] / pivot;
                for (int k = 0; row != i && k < n; k++) {
                    matrix[row][k] -= factor * matrix[i][k];
                    result[row][k] -= factor * result[i][k];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                result[i][k] /= matrix[i][i];
            }
        }
        return result;
    }
}
