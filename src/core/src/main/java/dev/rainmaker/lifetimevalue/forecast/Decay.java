package dev.rainmaker.lifetimevalue.forecast;

/** Weights 2^(-days/halfLife) for whole days, computed once: folding many deals would otherwise spend its time in powers. */
final class Decay {

    private static final int TABLE = 4096;

    private final double halfLifeDays;
    private final double[] weights = new double[TABLE];

    private Decay(double halfLifeDays) {
        this.halfLifeDays = halfLifeDays;
        for (int d = 0; d < TABLE; d++) {
            weights[d] = StrictMath.pow(0.5, d / halfLifeDays);
        }
    }

    static Decay of(double halfLifeDays) {
        return new Decay(halfLifeDays);
    }

    double after(int days) {
        return days < TABLE ? weights[days] : StrictMath.pow(0.5, days / halfLifeDays);
    }
}
