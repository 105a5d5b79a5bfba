package dev.rainmaker.attribution;

import java.time.Duration;

/**
 * The written rule by which deals are credited.
 *
 * @param version names the rule in every credit
 * @param sourceWindow how long after a deal's creation evidence of its source still counts, not negative
 * @param halfLife for {@link AttributionModel#TIME_DECAY}, positive
 * @param acceptStatedSource whether the deal's own word that a partner brought it counts where neither registration nor lead
 *     proves it
 */
public record AttributionRules(
        String version, AttributionModel model, Duration sourceWindow, Duration halfLife, boolean acceptStatedSource) {

    public AttributionRules {
        if (sourceWindow.isNegative()) {
            throw new IllegalArgumentException("the source window must not be negative: " + sourceWindow);
        }
        if (halfLife.isNegative() || halfLife.isZero()) {
            throw new IllegalArgumentException("the half-life must be positive: " + halfLife);
        }
    }
}
