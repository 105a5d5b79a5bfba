package dev.rainmaker.lifetimevalue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a lead that a partner was given. */
public enum LeadOutcome {
    WON,
    LOST,
    OPEN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The outcome that counts for conversion: only leads older than the window do, or fast deals would be favoured.
     *
     * @param assignedDay epoch day on which the partner got it
     * @param wonDay epoch day on which it was won, null where it was not
     * @param asOfDay epoch day of the decision
     * @param windowDays how long a partner has
     * @return {@link #OPEN} inside the window, then {@link #WON} if won inside it, else {@link #LOST}
     */
    public static LeadOutcome of(int assignedDay, @Nullable Integer wonDay, int asOfDay, int windowDays) {
        if (asOfDay - assignedDay < windowDays) {
            return OPEN;
        }
        return wonDay != null && wonDay - assignedDay <= windowDays ? WON : LOST;
    }
}
