package dev.rainmaker.sandbox.moodle;

import dev.rainmaker.sandbox.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the site behaves where documents disagree or a setting decides: docs/sandbox.md. */
public final class SiteProfile {

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("completion-lag", "PT60S");
        DEFAULTS.put("without-functions", "");
        DEFAULTS.put("without-capabilities", "");
        DEFAULTS.put("release", "4.5.6 (Build: 20250811)");
        DEFAULTS.put("largest-body", "20000000");
    }

    private SiteProfile() {}

    /** The behaviour of docs/sandbox.md's default column. */
    public static Profile defaults() {
        return Profile.of(DEFAULTS);
    }
}
