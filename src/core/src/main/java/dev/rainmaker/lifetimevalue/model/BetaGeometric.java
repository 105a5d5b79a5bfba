package dev.rainmaker.lifetimevalue.model;

import static dev.rainmaker.lifetimevalue.model.GammaFunctions.digamma;
import static dev.rainmaker.lifetimevalue.model.GammaFunctions.lnGamma;

/**
 * What BG/NBD and MBG/NBD share. They differ in whether a partner may leave right after the first deal: {@code early} is 0 for
 * BG/NBD (it may not) and 1 for MBG/NBD (it may), and enters the formulas as a count of one more chance to leave.
 */
final class BetaGeometric {

    private static final double NEAR_ONE = 1e-5;
    /** Of more groups than this, some give the starting point: see {@link StagedFit}. */
    private static final int SAMPLE = 20_000;

    private BetaGeometric() {}

    static double probabilityAlive(
            double r, double alpha, double a, double b, int early, int x, double recency, double age) {
        if (x + early == 0) {
            return 1;
        }
        double odds =
                a / (b + x - 1 + early) * StrictMath.exp((r + x) * StrictMath.log((alpha + age) / (alpha + recency)));
        return 1 / (1 + odds);
    }

    /** Expected deals in t weeks; second form of facts: stable for many repeats and long horizons. */
    static double expectedDeals(
            double r, double alpha, double a, double b, int early, int x, double recency, double age, double t) {
        if (StrictMath.abs(a - 1) < NEAR_ONE) {
            // The formula is 0/0 at a = 1; the mean of both sides is exact to the square of the distance.
            return (expectedDeals(r, alpha, 1 - 2 * NEAR_ONE, b, early, x, recency, age, t)
                            + expectedDeals(r, alpha, 1 + 2 * NEAR_ONE, b, early, x, recency, age, t))
                    / 2;
        }
        double z = t / (alpha + age + t);
        double c = a + b + x - 1 + early;
        double left =
                StrictMath.exp((a - 1) * StrictMath.log1p(-z)) * Hypergeometric.f21(a - 1, a + b - 1 - r + early, c, z);
        return probabilityAlive(r, alpha, a, b, early, x, recency, age) * c / (a - 1) * (1 - left);
    }

    /** Log-likelihood and, where {@code gradient} is not empty, its derivatives by r, alpha, a, b. */
    static double logLikelihood(
            DealFlowData data, double r, double alpha, double a, double b, int early, double[] gradient) {
        double[] lnTimes = new double[data.times.length];
        for (int i = 0; i < lnTimes.length; i++) {
            lnTimes[i] = StrictMath.log(alpha + data.times[i]);
        }
        boolean slopes = gradient.length == 4;
        int kinds = data.repeats.length;
        double[] base = new double[kinds];
        double[] lnLeave = new double[kinds];
        double[] byX = new double[kinds];
        double lnAlpha = StrictMath.log(alpha);
        double fixed = -lnGamma(r) + r * lnAlpha - lnGamma(b) + lnGamma(a + b);
        for (int k = 0; k < kinds; k++) {
            int x = data.repeats[k];
            base[k] = fixed + lnGamma(r + x) + lnGamma(b + x + early) - lnGamma(a + b + x + early);
            lnLeave[k] = x + early > 0 ? StrictMath.log(a / (b + x - 1 + early)) : Double.NEGATIVE_INFINITY;
        }
        double sum = 0;
        double leaving = 0;
        double leavingByB = 0;
        double slopeR = 0;
        double slopeAlpha = 0;
        for (int g = 0; g < data.groupWeight.length; g++) {
            int k = data.groupRepeats[g];
            int x = data.repeats[k];
            double weight = data.groupWeight[g];
            double lnAge = lnTimes[data.groupAge[g]];
            double stay = -(r + x) * lnAge;
            byX[k] += weight;
            if (x + early == 0) {
                sum += weight * (base[k] + stay);
                slopeR -= weight * lnAge;
                slopeAlpha -= weight * r / (alpha + data.times[data.groupAge[g]]);
                continue;
            }
            double lnRecency = lnTimes[data.groupRecency[g]];
            double odds = StrictMath.exp(lnLeave[k] + (r + x) * (lnAge - lnRecency));
            boolean huge = odds > 1e300;
            sum += weight * (base[k] + (huge ? lnLeave[k] - (r + x) * lnRecency : stay + StrictMath.log1p(odds)));
            if (slopes) {
                double alive = huge ? 0 : 1 / (1 + odds);
                double left = 1 - alive;
                leaving += weight * left;
                leavingByB += weight * left / (b + x - 1 + early);
                slopeR -= weight * (alive * lnAge + left * lnRecency);
                slopeAlpha -= weight
                        * (r + x)
                        * (alive / (alpha + data.times[data.groupAge[g]])
                                + left / (alpha + data.times[data.groupRecency[g]]));
            }
        }
        if (slopes) {
            fill(gradient, data, byX, r, a, b, early);
            gradient[0] += slopeR + data.partners() * lnAlpha;
            gradient[1] += slopeAlpha + data.partners() * r / alpha;
            gradient[2] += leaving / a;
            gradient[3] -= leavingByB;
        }
        return sum;
    }

    /** The parts of the derivatives that depend on a partner's repeats alone. */
    private static void fill(
            double[] gradient, DealFlowData data, double[] byX, double r, double a, double b, int early) {
        double psiR = digamma(r);
        double psiB = digamma(b);
        double psiAb = digamma(a + b);
        java.util.Arrays.fill(gradient, 0);
        for (int k = 0; k < byX.length; k++) {
            int x = data.repeats[k];
            double psiAbx = digamma(a + b + x + early);
            gradient[0] += byX[k] * (digamma(r + x) - psiR);
            gradient[2] += byX[k] * (psiAb - psiAbx);
            gradient[3] += byX[k] * (digamma(b + x + early) - psiAbx - psiB + psiAb);
        }
    }

    static Maximum fit(DealFlowData data, int early) {
        double n = data.partners();
        double rate = data.meanRate();
        double[] start = {0, StrictMath.log(1 / (Double.isNaN(rate) ? 0.1 : 2 * rate)), -0.5, 0.5};
        double[] low = {-9, start[1] - 12, -9, -9};
        double[] high = {LogParameters.MOST, start[1] + 10, LogParameters.MOST, LogParameters.MOST};
        double[] slopes = new double[4];
        LogParameters penalty = new LogParameters(start, n);
        return new StagedFit(of -> mean(of, early, slopes, penalty), low, high).of(data, start, SAMPLE);
    }

    private static Bfgs.Function mean(DealFlowData data, int early, double[] slopes, LogParameters penalty) {
        double n = data.partners();
        return (at, gradient) -> {
            double r = StrictMath.exp(at[0]);
            double alpha = StrictMath.exp(at[1]);
            double a = StrictMath.exp(at[2]);
            double b = StrictMath.exp(at[3]);
            double value = logLikelihood(data, r, alpha, a, b, early, slopes) / n;
            gradient[0] = slopes[0] * r / n;
            gradient[1] = slopes[1] * alpha / n;
            gradient[2] = slopes[2] * a / n;
            gradient[3] = slopes[3] * b / n;
            return value + penalty.add(at, gradient);
        };
    }
}
