package dev.rainmaker.lifetimevalue.model;

/** Checks that the models share. */
final class Parameters {

    private Parameters() {}

    static double[] exp(double[] logs) {
        double[] result = new double[logs.length];
        java.util.Arrays.setAll(result, i -> StrictMath.exp(logs[i]));
        return result;
    }

    /** Takes name, value, name, value...; throws {@link IllegalArgumentException} naming the first that is not positive. */
    static void positive(Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            double value = (Double) namesAndValues[i + 1];
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "parameter " + namesAndValues[i] + " must be positive and finite, not " + value);
            }
        }
    }
}
