package dev.rainmaker.connector;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A connection's settings, checked against the connector's keys; secrets resolved and never shown. */
public final class Settings {

    private final Map<String, SettingKey> keys = new LinkedHashMap<>();
    private final Map<String, String> values = new HashMap<>();

    /**
     * @param declared the connector's keys
     * @param given values by key, references resolved
     * @throws IllegalArgumentException for an unknown key, a missing required one, or a value that does not fit its type,
     *     naming the key
     */
    public Settings(List<SettingKey> declared, Map<String, String> given) {
        declared.forEach(key -> keys.put(key.name(), key));
        for (String name : new TreeSet<>(given.keySet())) {
            if (!keys.containsKey(name)) {
                throw new IllegalArgumentException("unknown key \"" + name + "\"; known are " + keys.keySet());
            }
        }
        for (SettingKey key : declared) {
            String value = given.getOrDefault(key.name(), key.defaultValue());
            if (value == null || value.isBlank()) {
                if (key.required()) {
                    throw new IllegalArgumentException("key \"" + key.name() + "\" is missing: " + key.description());
                }
                continue;
            }
            checkType(key, value);
            values.put(key.name(), value);
        }
    }

    private static void checkType(SettingKey key, String value) {
        try {
            switch (key.type()) {
                case INTEGER -> Integer.parseInt(value);
                case DURATION -> Duration.parse(value);
                case BOOLEAN -> {
                    if (!value.equals("true") && !value.equals("false")) {
                        throw new IllegalArgumentException(value);
                    }
                }
                case URL -> {
                    URI uri = URI.create(value);
                    if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
                        throw new IllegalArgumentException(value);
                    }
                }
                case TEXT, FILE -> {}
            }
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            String shown = key.secret() ? "****" : value;
            String wanted = switch (key.type()) {
                case INTEGER -> "a whole number";
                case DURATION -> "a duration such as PT30S";
                case BOOLEAN -> "true or false";
                case URL -> "an http or https address";
                case TEXT, FILE -> "text";
            };
            throw new IllegalArgumentException(
                    "key \"" + key.name() + "\" must be " + wanted + ", not \"" + shown + "\"", wrong);
        }
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value of a key that is required or has a default; throws {@link IllegalArgumentException} where it has none. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("key \"" + name + "\" is missing");
        }
        return value;
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public int integer(String name) {
        return Integer.parseInt(text(name));
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    public Duration duration(String name) {
        return Duration.parse(text(name));
    }

    public URI url(String name) {
        return URI.create(text(name));
    }

    /** Values by key, secrets as {@code ****}. */
    @Override
    public String toString() {
        Map<String, String> shown = new LinkedHashMap<>();
        keys.values().stream()
                .filter(key -> has(key.name()))
                .forEach(key -> shown.put(key.name(), key.secret() ? "****" : values.get(key.name())));
        return shown.toString();
    }
}
