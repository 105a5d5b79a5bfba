package dev.rainmaker.lifetimevalue.model;

/** Gauss' hypergeometric function by its power series. */
final class Hypergeometric {

    private static final int MOST_TERMS = 2_000_000;

    private Hypergeometric() {}

    /**
     * 2F1(a, b; c; z) for 0 &lt;= z &lt; 1 and c not zero or a negative whole number.
     *
     * @throws ArithmeticException if two million terms do not settle the sum
     */
    static double f21(double a, double b, double c, double z) {
        double term = 1;
        double sum = 1;
        for (int k = 0; k < MOST_TERMS; k++) {
            double ratio = (a + k) * (b + k) / ((c + k) * (k + 1)) * z;
            term *= ratio;
            sum += term;
            double size = StrictMath.abs(ratio);
            if (size < 1 && StrictMath.abs(term) * size <= 1e-17 * (1 - size) * StrictMath.abs(sum)) {
                return sum;
            }
        }
        throw new ArithmeticException("2F1(" + a + ", " + b + "; " + c + "; " + z + ") does not settle");
    }
}
