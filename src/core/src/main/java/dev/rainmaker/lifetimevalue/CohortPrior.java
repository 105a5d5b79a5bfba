package dev.rainmaker.lifetimevalue;

import org.jspecify.annotations.Nullable;

/**
 * What partners of one kind sell in one horizon: the forecast for those that have not sold yet.
 *
 * @param type null = any
 * @param tier null = any
 * @param territory null = any
 * @param partners behind it
 * @param expectedRevenue mean over the cohort, shrunk to all partners
 * @param lower80 tenth percentile of the cohort
 * @param upper80 ninetieth percentile
 * @param expectedDays mean expected deal days
 */
public record CohortPrior(
        @Nullable String type,
        @Nullable String tier,
        @Nullable String territory,
        int partners,
        double expectedRevenue,
        double lower80,
        double upper80,
        double expectedDays) {

    boolean covers(PartnerTraits traits) {
        return (type == null || type.equals(traits.type()))
                && (tier == null || tier.equals(traits.tier()))
                && (territory == null || territory.equals(traits.territory()));
    }

    /** Higher is more specific. */
    int specificity() {
        return (type == null ? 0 : 1) + (tier == null ? 0 : 1) + (territory == null ? 0 : 1);
    }
}
