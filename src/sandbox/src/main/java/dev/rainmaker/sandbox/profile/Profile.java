package dev.rainmaker.sandbox.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a simulator behaves where documents disagree or a setting decides: keys with values of the kind their default shows.
 * Keys, values and evidence: docs/sandbox.md.
 */
public final class Profile {

    private final Map<String, String> defaults;
    private final Map<String, String> values;

    private Profile(Map<String, String> defaults, Map<String, String> values) {
        this.defaults = defaults;
        this.values = values;
    }

    /** A profile in which every key has its default. */
    public static Profile of(Map<String, String> defaults) {
        Map<String, String> inOrder = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        return new Profile(inOrder, inOrder);
    }

    /**
     * Reads a JSON object of keys and values over this.
     *
     * @param prefix of the keys that are meant, such as {@code hubspot.}; others' are left alone
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a key is unknown or a value cannot be of its kind
     */
    public Profile read(Path file, String prefix) throws IOException {
        Profile profile = this;
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        for (Iterator<Map.Entry<String, JsonNode>> it = json.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = it.next();
            if (belongs(entry.getKey(), prefix)) {
                profile = profile.with(
                        entry.getKey().substring(prefix.length()),
                        entry.getValue().asText());
            }
        }
        return profile;
    }

    /** Whether a key is of the system with this prefix; keys without one are the first system's. */
    public static boolean belongs(String key, String prefix) {
        return prefix.isEmpty() ? key.indexOf('.') < 0 : key.startsWith(prefix);
    }

    /** The same with one key set otherwise. */
    public Profile with(String key, String value) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("unknown profile key " + key + "; known are " + defaults.keySet());
        }
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(key, value);
        Profile profile = new Profile(defaults, Map.copyOf(changed));
        profile.check(key, value);
        return profile;
    }

    private void check(String key, String value) {
        String fallback = Objects.requireNonNull(defaults.get(key));
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
