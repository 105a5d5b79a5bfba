package dev.rainmaker.lifetimevalue.model;

/**
 * Logarithm of the gamma function and its derivative for positive arguments, by Stirling's series after shifting the argument
 * to at least ten (Abramowitz and Stegun 6.1.41, 6.3.18). Relative error below 1e-14 away from the zeros at 1 and 2.
 */
public final class GammaFunctions {

    private static final double HALF_LN_TWO_PI = 0.918938533204672741780329736406;
    private static final double STIRLING_FROM = 10;

    private GammaFunctions() {}

    /** ln Gamma(z), z &gt; 0. */
    public static double lnGamma(double z) {
        double shifted = z;
        double product = 1;
        while (shifted < STIRLING_FROM) {
            product *= shifted;
            shifted += 1;
        }
        double i = 1 / shifted;
        double i2 = i * i;
        double series = i
                * (1.0 / 12
                        + i2
                                * (-1.0 / 360
                                        + i2
                                                * (1.0 / 1260
                                                        + i2
                                                                * (-1.0 / 1680
                                                                        + i2
                                                                                * (1.0 / 1188
                                                                                        + i2
                                                                                                * (-691.0 / 360360
                                                                                                        + i2
                                                                                                                / 156))))));
        double stirling = (shifted - 0.5) * StrictMath.log(shifted) - shifted + HALF_LN_TWO_PI + series;
        return product == 1 ? stirling : stirling - StrictMath.log(product);
    }

    /** The derivative of {@link #lnGamma}, z &gt; 0. */
    public static double digamma(double z) {
        double shifted = z;
        double below = 0;
        while (shifted < STIRLING_FROM) {
            below += 1 / shifted;
            shifted += 1;
        }
        double i2 = 1 / (shifted * shifted);
        double series = i2
                * (1.0 / 12
                        - i2
                                * (1.0 / 120
                                        - i2
                                                * (1.0 / 252
                                                        - i2
                                                                * (1.0 / 240
                                                                        - i2
                                                                                * (1.0 / 132
                                                                                        - i2
                                                                                                * (691.0 / 32760
                                                                                                        - i2 / 12))))));
        return StrictMath.log(shifted) - 0.5 / shifted - series - below;
    }

    /** ln B(a, b) = ln Gamma(a) + ln Gamma(b) - ln Gamma(a + b). */
    public static double lnBeta(double a, double b) {
        return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
    }

    /** ln(e^u + e^v) without overflow; either may be negative infinity. */
    static double logAddExp(double u, double v) {
        double high = u > v ? u : v;
        double low = u > v ? v : u;
        return low == Double.NEGATIVE_INFINITY ? high : high + StrictMath.log1p(StrictMath.exp(low - high));
    }
}
