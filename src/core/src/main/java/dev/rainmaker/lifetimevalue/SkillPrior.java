package dev.rainmaker.lifetimevalue;

import static org.hipparchus.special.Gamma.logGamma;

import java.util.Locale;
import org.hipparchus.special.Gamma;

/**
 * How much partners differ in winning leads once the difficulty of their leads is taken out. Wins of a partner are Poisson around
 * expected wins times skill; skills vary over partners as Gamma with mean 1 and this strength, so wins are negative-binomial and
 * {@code skill = (wins + strength)/(expected wins + strength)}. Expected wins of a partner come from the other partners' leads.
 *
 * @param strength of the prior; {@value #MOST} stands for "partners win alike once difficulty is taken out"
 * @param partners with worked leads
 * @param chiSquare of the test that all skills are 1, partners - 1 degrees of freedom
 * @param pValue of that test; 1 where there is nothing to compare
 */
public record SkillPrior(double strength, int partners, double chiSquare, double pValue) {

    /** Largest strength: beyond it the data cannot tell partners apart. */
    public static final double MOST = 1e4;

    private static final double LEAST = 1;
    private static final double SIGNIFICANT = 0.05;

    /**
     * Fits the strength by maximum likelihood and tests for differences.
     *
     * @param wins per partner
     * @param expected wins of an average partner of the same leads
     * @param variance of these wins, sum of p(1 - p) over the leads
     */
    static SkillPrior of(double[] wins, double[] expected, double[] variance) {
        int partners = 0;
        double chiSquare = 0;
        for (int i = 0; i < wins.length; i++) {
            if (expected[i] > 0 && variance[i] > 0) {
                partners++;
                chiSquare += (wins[i] - expected[i]) * (wins[i] - expected[i]) / variance[i];
            }
        }
        double pValue = partners < 2 ? 1 : Gamma.regularizedGammaQ((partners - 1) / 2.0, chiSquare / 2);
        return new SkillPrior(partners < 2 ? MOST : strongest(wins, expected), partners, chiSquare, pValue);
    }

    /** Golden section over ln strength: the likelihood has one top between its ends. */
    private static double strongest(double[] wins, double[] expected) {
        double low = StrictMath.log(LEAST);
        double high = StrictMath.log(MOST);
        double part = (StrictMath.sqrt(5) - 1) / 2;
        double a = high - part * (high - low);
        double b = low + part * (high - low);
        double atA = logLikelihood(wins, expected, StrictMath.exp(a));
        double atB = logLikelihood(wins, expected, StrictMath.exp(b));
        while (high - low > 1e-6) {
            if (atA > atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - part * (high - low);
                atA = logLikelihood(wins, expected, StrictMath.exp(a));
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + part * (high - low);
                atB = logLikelihood(wins, expected, StrictMath.exp(b));
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    /** Negative-binomial log-likelihood, up to ln(wins!): lnG(w+k) - lnG(k) + k ln(k/(k+E)) + w ln(E/(k+E)). */
    static double logLikelihood(double[] wins, double[] expected, double k) {
        double sum = 0;
        for (int i = 0; i < wins.length; i++) {
            double e = expected[i];
            if (e > 0) {
                sum += logGamma(wins[i] + k) - logGamma(k) - k * StrictMath.log1p(e / k);
                sum += wins[i] * StrictMath.log(e / (k + e));
            }
        }
        return sum;
    }

    /** Whether partners were found to differ once difficulty is taken out (5% level). */
    public boolean established() {
        return pValue < SIGNIFICANT;
    }

    /** Wins against those of an average partner of the same leads, shrunk: 1 is average. */
    public double skill(double wins, double expectedWins) {
        return (wins + strength) / (expectedWins + strength);
    }

    String finding() {
        return String.format(
                Locale.ROOT,
                established()
                        ? "partners differ beyond the difficulty of their leads (chi-square %.1f, %d degrees, p = %.3f)"
                        : "differences between partners beyond the difficulty of their leads are not established"
                                + " (chi-square %.1f, %d degrees, p = %.2f)",
                chiSquare,
                Math.max(0, partners - 1),
                pValue);
    }
}
