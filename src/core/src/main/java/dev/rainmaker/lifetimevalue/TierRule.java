package dev.rainmaker.lifetimevalue;

import java.util.List;

/**
 * Tiers by score. A partner goes up when its score reaches the tier's threshold plus the margin and down when it falls below the
 * threshold minus the margin, so that noise does not make it flap.
 *
 * @param tiers best first, thresholds falling
 * @param hysteresis points on either side of a threshold
 */
public record TierRule(List<Tier> tiers, double hysteresis) {

    /** A tier's name and the score it asks for. */
    public record Tier(String name, double fromScore) {}

    public TierRule {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty() || hysteresis < 0) {
            throw new IllegalArgumentException("tiers must not be empty and their hysteresis not negative");
        }
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).fromScore() >= tiers.get(i - 1).fromScore()) {
                throw new IllegalArgumentException("tier " + tiers.get(i).name() + " must ask for a lower score than "
                        + tiers.get(i - 1).name());
            }
        }
    }
}
