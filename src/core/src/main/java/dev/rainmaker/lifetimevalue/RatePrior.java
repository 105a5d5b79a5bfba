package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.model.BetaBinomial;
import java.util.Locale;

/**
 * What partners have in common in a rate; see {@link BetaBinomial}.
 *
 * @param established whether partners were found to differ (chi-square test, 5% level)
 */
public record RatePrior(double alpha, double beta, int partners, double chiSquare, double pValue, boolean established) {

    static RatePrior of(BetaBinomial fit) {
        return new RatePrior(
                fit.alpha(), fit.beta(), fit.partners(), fit.chiSquare(), fit.pValue(), fit.differencesEstablished());
    }

    public double mean() {
        return alpha / (alpha + beta);
    }

    /** A partner's rate after k of n, shrunk. */
    public double mean(double k, double n) {
        return (alpha + k) / (alpha + beta + n);
    }

    String finding() {
        return established
                ? String.format(
                        Locale.ROOT,
                        "partners differ (chi-square %.1f, %d degrees, p = %.3f)",
                        chiSquare,
                        partners - 1,
                        pValue)
                : String.format(
                        Locale.ROOT,
                        "differences between partners are not established (chi-square %.1f, %d degrees, p = %.2f)",
                        chiSquare,
                        Math.max(0, partners - 1),
                        pValue);
    }
}
