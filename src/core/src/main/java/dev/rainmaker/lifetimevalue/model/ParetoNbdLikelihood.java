package dev.rainmaker.lifetimevalue.model;

import static dev.rainmaker.lifetimevalue.model.GammaFunctions.digamma;
import static dev.rainmaker.lifetimevalue.model.GammaFunctions.lnGamma;

/**
 * The likelihood of Pareto/NBD. Its integral over the unseen leaving time y in [t_x, T] runs over ln(c + y), c = min(alpha, beta),
 * by Gauss-Legendre with up to 24 points, as many as the fall of the integrand asks for, and stops where that has fallen by e^-40: no
 * special case at alpha = beta, and no loss for partners with hundreds of deals.
 */
final class ParetoNbdLikelihood {

    private static final double NEGLIGIBLE = 40;
    /** Of more groups than this, some give the starting point: see {@link StagedFit}. */
    private static final int SAMPLE = 10_000;

    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;

    private double integral;
    private double byAlphaLog;
    private double byBetaLog;
    private double byAlpha;
    private double byBeta;

    ParetoNbdLikelihood(double r, double alpha, double s, double beta) {
        this.r = r;
        this.alpha = alpha;
        this.s = s;
        this.beta = beta;
    }

    /** Odds that the partner left in [t_x, T] against being alive at T. */
    double oddsOfLeft(int x, double recency, double age) {
        integrate(x, recency, age, false);
        return integral;
    }

    /**
     * Integrates s (alpha+y)^-(r+x) (beta+y)^-(s+1), divided by (alpha+T)^-(r+x) (beta+T)^-s, over [t_x, T]; with slopes also the
     * same times ln(alpha+y), ln(beta+y), 1/(alpha+y), 1/(beta+y).
     */
    private void integrate(int x, double recency, double age, boolean slopes) {
        double lnAgeA = StrictMath.log(alpha + age);
        double lnAgeB = StrictMath.log(beta + age);
        double reference = (r + x) * lnAgeA + s * lnAgeB + StrictMath.log(s);
        double c = StrictMath.min(alpha, beta);
        double low = StrictMath.log(c + recency);
        double high = StrictMath.log(c + age);
        double start = fall(x, recency, low);
        double total = (r + x) * lnAgeA + (s + 1) * lnAgeB - high - start;
        if (total > NEGLIGIBLE) {
            high = end(x, c, low, high, start);
        }
        GaussLegendre rule =
                total < 4 ? GaussLegendre.POINTS_8 : total < 12 ? GaussLegendre.POINTS_12 : GaussLegendre.POINTS_24;
        double half = (high - low) / 2;
        double middle = (high + low) / 2;
        integral = 0;
        byAlphaLog = 0;
        byBetaLog = 0;
        byAlpha = 0;
        byBeta = 0;
        for (int i = 0; i < rule.nodes.length; i++) {
            double u = middle + half * rule.nodes[i];
            double fromC = StrictMath.exp(u);
            double fromA = fromC + (alpha - c);
            double fromB = fromC + (beta - c);
            double lnA = c == alpha ? u : StrictMath.log(fromA);
            double lnB = c == beta ? u : StrictMath.log(fromB);
            double f = rule.weights[i] * half * StrictMath.exp(reference + u - (r + x) * lnA - (s + 1) * lnB);
            integral += f;
            if (slopes) {
                byAlphaLog += f * lnA;
                byBetaLog += f * lnB;
                byAlpha += f / fromA;
                byBeta += f / fromB;
            }
        }
    }

    /** Negative logarithm of the integrand at leaving time y, up to a constant; u = ln(c + y). */
    private double fall(int x, double y, double u) {
        return (r + x) * StrictMath.log(alpha + y) + (s + 1) * StrictMath.log(beta + y) - u;
    }

    private double end(int x, double c, double low, double high, double start) {
        double near = low;
        double far = high;
        for (int i = 0; i < 30; i++) {
            double between = (near + far) / 2;
            if (fall(x, StrictMath.exp(between) - c, between) - start > NEGLIGIBLE) {
                far = between;
            } else {
                near = between;
            }
        }
        return far;
    }

    /** Log-likelihood and, where {@code gradient} is not empty, its derivatives by r, alpha, s, beta. */
    double sum(DealFlowData data, double[] gradient) {
        boolean slopes = gradient.length == 4;
        int kinds = data.repeats.length;
        double[] base = new double[kinds];
        double[] psi = new double[kinds];
        double lnAlpha = StrictMath.log(alpha);
        double lnBeta = StrictMath.log(beta);
        double psiR = digamma(r);
        for (int k = 0; k < kinds; k++) {
            base[k] = lnGamma(r + data.repeats[k]) - lnGamma(r) + r * lnAlpha + s * lnBeta;
            psi[k] = digamma(r + data.repeats[k]) - psiR;
        }
        double sum = 0;
        double slopeR = 0;
        double slopeAlpha = 0;
        double slopeS = 0;
        double slopeBeta = 0;
        for (int g = 0; g < data.groupWeight.length; g++) {
            int k = data.groupRepeats[g];
            int x = data.repeats[k];
            double weight = data.groupWeight[g];
            double age = data.times[data.groupAge[g]];
            integrate(x, data.times[data.groupRecency[g]], age, slopes);
            double lnA = StrictMath.log(alpha + age);
            double lnB = StrictMath.log(beta + age);
            double total = 1 + integral;
            sum += weight * (base[k] - (r + x) * lnA - s * lnB + StrictMath.log(total));
            if (slopes) {
                slopeR += weight * (psi[k] - (lnA + byAlphaLog) / total);
                slopeAlpha -= weight * (r + x) * (1 / (alpha + age) + byAlpha) / total;
                slopeS += weight * (integral / s - lnB - byBetaLog) / total;
                slopeBeta -= weight * (s / (beta + age) + (s + 1) * byBeta) / total;
            }
        }
        if (slopes) {
            double n = data.partners();
            gradient[0] = slopeR + n * lnAlpha;
            gradient[1] = slopeAlpha + n * r / alpha;
            gradient[2] = slopeS + n * lnBeta;
            gradient[3] = slopeBeta + n * s / beta;
        }
        return sum;
    }

    static Maximum fit(DealFlowData data) {
        double n = data.partners();
        double rate = data.meanRate();
        double age = StrictMath.max(1e-6, data.meanAge());
        double[] start = {0, StrictMath.log(1 / (Double.isNaN(rate) ? 0.1 : 2 * rate)), -0.3, StrictMath.log(age / 2)};
        double[] low = {-9, start[1] - 12, -9, start[3] - 12};
        double[] high = {LogParameters.MOST, start[1] + 10, LogParameters.MOST, start[3] + 10};
        double[] slopes = new double[4];
        LogParameters penalty = new LogParameters(start, n);
        return new StagedFit(of -> mean(of, slopes, penalty), low, high).of(data, start, SAMPLE);
    }

    private static Bfgs.Function mean(DealFlowData data, double[] slopes, LogParameters penalty) {
        double n = data.partners();
        return (at, gradient) -> {
            double[] p = Parameters.exp(at);
            double value = new ParetoNbdLikelihood(p[0], p[1], p[2], p[3]).sum(data, slopes) / n;
            for (int i = 0; i < 4; i++) {
                gradient[i] = slopes[i] * p[i] / n;
            }
            return value + penalty.add(at, gradient);
        };
    }
}
