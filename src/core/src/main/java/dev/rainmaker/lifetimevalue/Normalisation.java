package dev.rainmaker.lifetimevalue;

import java.util.Locale;

/** How a raw metric becomes a number in [0, 1] against the reference distribution. */
public enum Normalisation {
    /** Share of reference partners below, half of the equal ones included; linear between knots. */
    PERCENTILE,
    /** Position of ln(1 + v/unit) between its 1% and 99% quantiles: keeps distances at the top, blind to currency units. */
    LOG_MIN_MAX,
    /** Position between the 1% and 99% quantiles. */
    MIN_MAX,
    /** Position on a stated scale: 0..1 for a share, the survey's scale for satisfaction. */
    SCALE;

    /** The word used in policies, such as {@code log-min-max}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Finds it by its word; throws {@link IllegalArgumentException} for another word. */
    public static Normalisation of(String word) {
        for (Normalisation value : values()) {
            if (value.word().equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is no normalisation; there are percentile, log-min-max, min-max, scale");
    }
}
