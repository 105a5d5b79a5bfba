package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tier by score, slow to change.
 *
 * @param tier suggested
 * @param changed whether it differs from the present one
 */
public record TierSuggestion(String tier, boolean changed, String reason) {

    /**
     * Suggests a tier.
     *
     * @param present the partner's tier, null or unknown to the rule where it has none: then the plain thresholds count
     */
    public static TierSuggestion of(BigDecimal score, @Nullable String present, TierRule rule) {
        List<TierRule.Tier> tiers = rule.tiers();
        int at = -1;
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).name().equals(present)) {
                at = i;
            }
        }
        double points = score.doubleValue();
        int fit = tiers.size() - 1;
        for (int i = tiers.size() - 1; i >= 0; i--) {
            double margin = at < 0 ? 0 : i < at ? rule.hysteresis() : -rule.hysteresis();
            if (points >= tiers.get(i).fromScore() + margin) {
                fit = i;
            }
        }
        TierRule.Tier tier = tiers.get(fit);
        return new TierSuggestion(
                tier.name(),
                fit != at,
                String.format(
                        Locale.ROOT,
                        "score %.2f; %s asks for %.0f, %.0f points either way are tolerated",
                        points,
                        tier.name(),
                        tier.fromScore(),
                        rule.hysteresis()));
    }
}
