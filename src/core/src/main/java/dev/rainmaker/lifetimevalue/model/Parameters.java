package dev.rainmaker.lifetimevalue.model;

/** Checks that the models share. */
final class Parameters {

    private Parameters() {}

    static double[] exp(double[] logs) {
        double[] result = new double[logs.length];
        java.util.Arrays.setAll(result, i -> StrictMath.exp(logs[i]));
        return result;
    }

    /** Throws {@link IllegalArgumentException} naming the parameter where it is not positive. */
    static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("parameter " + name + " must be positive and finite, not " + value);
        }
    }
}
