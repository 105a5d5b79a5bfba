package dev.rainmaker.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How the org behaves where documents disagree or a setting decides (facts labelled X, and org settings). Keys, values and
 * evidence: docs/sandbox.md.
 */
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

    private final Map<String, String> values;

    private OrgProfile(Map<String, String> values) {
        this.values = values;
    }

    /** The behaviour of docs/sandbox.md's default column. */
    public static OrgProfile defaults() {
        return new OrgProfile(Map.copyOf(DEFAULTS));
    }

    /**
     * Reads a JSON object of keys and values over the defaults.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a key is unknown or a value cannot be of its kind
     */
    public static OrgProfile read(Path file) throws IOException {
        OrgProfile profile = defaults();
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        for (Iterator<Map.Entry<String, JsonNode>> it = json.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = it.next();
            profile = profile.with(entry.getKey(), entry.getValue().asText());
        }
        return profile;
    }

    /** The same with one key set otherwise. */
    public OrgProfile with(String key, String value) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("unknown profile key " + key + "; known are " + DEFAULTS.keySet());
        }
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(key, value);
        OrgProfile profile = new OrgProfile(Map.copyOf(changed));
        profile.check(key, value);
        return profile;
    }

    private void check(String key, String value) {
        String fallback = Objects.requireNonNull(DEFAULTS.get(key));
        try {
            if (fallback.startsWith("P")) {
                duration(key);
            } else if (fallback.matches("\\d+")) {
                number(key);
            } else if (fallback.matches("true|false") && !value.matches("true|false")) {
                throw new IllegalArgumentException("not true or false");
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "profile key " + key + " cannot be '" + value + "'; an example is " + fallback, e);
        }
    }

    public String text(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    public boolean on(String key) {
        return Boolean.parseBoolean(text(key));
    }

    public int number(String key) {
        return Integer.parseInt(text(key));
    }

    public Duration duration(String key) {
        return Duration.parse(text(key));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
