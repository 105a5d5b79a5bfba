package dev.rainmaker.sandbox.hubspot;

import dev.rainmaker.sandbox.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the portal behaves where documents disagree or a setting decides: docs/sandbox.md. */
public final class PortalProfile {

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("token-lifetime", "PT30M");
        DEFAULTS.put("scopes", "*");
        DEFAULTS.put("burst-limit", "190");
        DEFAULTS.put("burst-limit-oauth", "110");
        DEFAULTS.put("burst-window", "PT10S");
        DEFAULTS.put("daily-limit", "625000");
        DEFAULTS.put("search-per-second", "5");
        DEFAULTS.put("rate-headers", "true");
        DEFAULTS.put("time-zone", "UTC");
        DEFAULTS.put("search-lag", "PT0S");
        DEFAULTS.put("search-lag-scattered", "false");
        DEFAULTS.put("search-page", "200");
        DEFAULTS.put("search-depth", "10000");
        DEFAULTS.put("search-groups", "5");
        DEFAULTS.put("search-filters", "25");
        DEFAULTS.put("search-filters-per-group", "10");
        DEFAULTS.put("list-page", "100");
        DEFAULTS.put("list-page-with-history", "50");
        DEFAULTS.put("batch-size", "100");
        DEFAULTS.put("association-batch-size", "2000");
        DEFAULTS.put("batch-rows-fail-alone", "true");
        DEFAULTS.put("dated-multi-status", "true");
        DEFAULTS.put("touch-on-same-value", "false");
        DEFAULTS.put("clock", "");
        DEFAULTS.put("webhook-timeout", "PT5S");
        DEFAULTS.put("webhook-retries", "10");
        DEFAULTS.put("webhook-first-retry", "PT1M");
        DEFAULTS.put("webhook-retry-span", "PT24H");
        DEFAULTS.put("webhook-batch", "100");
    }

    private PortalProfile() {}

    /** The behaviour of docs/sandbox.md's default column. */
    public static Profile defaults() {
        return Profile.of(DEFAULTS);
    }
}
