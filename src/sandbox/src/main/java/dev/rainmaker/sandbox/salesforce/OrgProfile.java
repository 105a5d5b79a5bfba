package dev.rainmaker.sandbox.salesforce;

import dev.rainmaker.sandbox.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the org behaves where documents disagree or a setting decides (facts labelled X, and org settings): docs/sandbox.md. */
public final class OrgProfile {

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("token-lifetime", "PT2H");
        DEFAULTS.put("refresh-token-rotation", "false");
        DEFAULTS.put("revoke-family-on-reuse", "true");
        DEFAULTS.put("instance-url", "");
        DEFAULTS.put("active-lead-assignment-rule", "true");
        DEFAULTS.put("composite-auto-assign", "subrequest");
        DEFAULTS.put("upsert-existing-status", "200");
        DEFAULTS.put("row-lock-status", "400");
        DEFAULTS.put("stamp-precision", "PT1S");
        DEFAULTS.put("daily-calls", "100000");
        DEFAULTS.put("locator-lifetime", "P2D");
        DEFAULTS.put("open-locators", "1000");
        DEFAULTS.put("smallest-batch", "200");
        DEFAULTS.put("longest-url", "16384");
    }

    private OrgProfile() {}

    /** The behaviour of docs/sandbox.md's default column. */
    public static Profile defaults() {
        return Profile.of(DEFAULTS);
    }
}
