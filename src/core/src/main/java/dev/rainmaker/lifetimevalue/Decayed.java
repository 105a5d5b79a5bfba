package dev.rainmaker.lifetimevalue;

/**
 * A sum whose parts lose half their weight every {@code halfLifeDays}. Parts may arrive in any order.
 *
 * @param amount the sum as of {@code day}
 * @param day epoch day of the latest part, the smallest whole number while there is none
 */
public record Decayed(double halfLifeDays, double amount, int day) {

    /** Powers of the run-rates' half-lives, computed once: folding millions of deals would otherwise spend its time in them. */
    private static final int FALLS_KNOWN = 2048;

    private static final double[][] FALLS = falls();

    private static double[][] falls() {
        double[][] table = new double[DealHistory.HALF_LIVES.size()][FALLS_KNOWN];
        for (int h = 0; h < table.length; h++) {
            for (int d = 0; d < FALLS_KNOWN; d++) {
                table[h][d] = StrictMath.pow(0.5, d / DealHistory.HALF_LIVES.get(h));
            }
        }
        return table;
    }

    public Decayed {
        if (!(halfLifeDays > 0)) {
            throw new IllegalArgumentException("a half-life must be positive, not " + halfLifeDays + " days");
        }
    }

    public static Decayed empty(double halfLifeDays) {
        return new Decayed(halfLifeDays, 0, Integer.MIN_VALUE);
    }

    public Decayed plus(double part, int partDay) {
        if (day == Integer.MIN_VALUE) {
            return new Decayed(halfLifeDays, part, partDay);
        }
        return partDay >= day
                ? new Decayed(halfLifeDays, amount * fall(partDay - day) + part, partDay)
                : new Decayed(halfLifeDays, amount + part * fall(day - partDay), day);
    }

    /** The sum as of a day; on days before the latest part, as of the latest part. */
    public double at(int asOfDay) {
        return asOfDay > day && day != Integer.MIN_VALUE ? amount * fall(asOfDay - day) : amount;
    }

    private double fall(int days) {
        if (days == 0) {
            return 1;
        }
        if (days < FALLS_KNOWN) {
            for (int h = 0; h < FALLS.length; h++) {
                if (DealHistory.HALF_LIVES.get(h) == halfLifeDays) {
                    return FALLS[h][days];
                }
            }
        }
        return StrictMath.pow(0.5, days / halfLifeDays);
    }
}
