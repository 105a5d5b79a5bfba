package dev.rainmaker.app.mapping;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value does not fit its target. Control flow of the mapper, so without a stack trace; its message names no value. */
final class Misfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Misfit(String message) {
        super(message, null, false, false);
    }

    Misfit(@Nullable Object value, String wanted) {
        this(shape(value) + " is not " + wanted);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** What a value looks like, without what it says: personal data stays out of logs. */
    static String shape(@Nullable Object value) {
        if (value == null) {
            return "an empty field";
        }
        if (value instanceof String text) {
            return "a text of " + text.codePointCount(0, text.length()) + " characters";
        }
        if (value instanceof BigDecimal || value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        if (value instanceof Collection<?> list) {
            return "a list of " + list.size();
        }
        return value instanceof Map<?, ?> ? "a nested record" : "a value";
    }
}
