package dev.rainmaker.fact;

import org.jspecify.annotations.Nullable;

/** Checks that facts share. */
public final class Text {

    private Text() {}

    /** The text trimmed, or null where it is null or blank: sources write "nothing" in many ways. */
    public static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** The text trimmed; throws {@link IllegalArgumentException} naming {@code what} where it is blank. */
    public static String required(@Nullable String text, String what) {
        String given = orNull(text);
        if (given == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return given;
    }
}
