package dev.rainmaker.connector;

import org.jspecify.annotations.Nullable;

/**
 * A key of a connection's settings.
 *
 * @param name dashed, such as {@code login-url}
 * @param secret whether its value must be given by reference and is never shown
 * @param defaultValue used when absent; null where there is none
 * @param description one sentence for the admin, with the unit
 */
public record SettingKey(
        String name,
        Type type,
        boolean required,
        boolean secret,
        @Nullable String defaultValue,
        String description) {

    /** How the value is read. */
    public enum Type {
        TEXT,
        URL,
        INTEGER,
        BOOLEAN,
        DURATION,
        FILE
    }

    public static SettingKey required(String name, Type type, String description) {
        return new SettingKey(name, type, true, false, null, description);
    }

    public static SettingKey optional(String name, Type type, @Nullable String defaultValue, String description) {
        return new SettingKey(name, type, false, false, defaultValue, description);
    }

    public static SettingKey secret(String name, String description) {
        return new SettingKey(name, Type.TEXT, false, true, null, description);
    }
}
