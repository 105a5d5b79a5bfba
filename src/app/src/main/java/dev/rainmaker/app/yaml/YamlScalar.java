package dev.rainmaker.app.yaml;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A single value. */
public final class YamlScalar implements YamlNode {

    private final Place place;
    private final String text;
    private final @Nullable Object value;
    private final Source source;

    /**
     * @param text the text between any quotes
     * @param value String, Boolean, BigDecimal or null
     */
    YamlScalar(Place place, String text, @Nullable Object value, Source source) {
        this.place = place;
        this.text = text;
        this.value = value;
        this.source = source;
    }

    /**
     * The characters of the file from which the text was made.
     *
     * @param raw the scalar as written, with quotes, block header, indents and line breaks
     * @param block whether it begins with a header line ({@code |} or {@code >})
     */
    record Source(String raw, boolean block) {}

    @Override
    public Place place() {
        return place;
    }

    /** The text as meant by the writer: {@code 007} stays {@code 007}. */
    public String text() {
        return text;
    }

    /** String, Boolean, BigDecimal, or null for an empty value. */
    public @Nullable Object value() {
        return value;
    }

    public boolean isNull() {
        return value == null;
    }

    @Override
    public String described() {
        if (value == null) {
            return "empty";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof BigDecimal ? "a number" : "text";
    }

    /**
     * The place in the file of a character of {@link #text()}, for errors inside an expression. Quotes, indents and
     * folded lines are followed; after an escape such as {@code \t} in double quotes the column may be a little left of
     * the character.
     *
     * @param line line of the text, from 1
     * @param column column in that line, from 0
     */
    public Place placeOf(int line, int column) {
        int offset = 0;
        for (int passed = 1; passed < line; passed++) {
            int next = text.indexOf('\n', offset);
            if (next < 0) {
                break;
            }
            offset = next + 1;
        }
        return placeOf(Math.min(offset + column, text.length()));
    }

    private Place placeOf(int offset) {
        String raw = source.raw();
        int at = source.block() ? Math.max(raw.indexOf('\n') + 1, 0) : 0;
        if (!source.block() && !raw.isEmpty() && !text.isEmpty() && (raw.charAt(0) == '"' || raw.charAt(0) == '\'')) {
            at = 1;
        }
        for (int i = 0; i < offset; i++) {
            at = after(raw, at, text.charAt(i));
        }
        while (at < raw.length() && offset < text.length() && !matches(raw.charAt(at), text.charAt(offset))) {
            at++;
        }
        int line = place.line();
        int lineStart = 0;
        for (int i = 0; i < Math.min(at, raw.length()); i++) {
            if (raw.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = raw.codePointCount(lineStart, Math.min(at, raw.length())) + 1;
        return new Place(place.file(), line, line == place.line() ? column + place.column() - 1 : column);
    }

    private static int after(String raw, int from, char wanted) {
        int at = from;
        while (at < raw.length() && !matches(raw.charAt(at), wanted)) {
            at++;
        }
        return at < raw.length() ? at + 1 : from;
    }

    private static boolean matches(char raw, char wanted) {
        return raw == wanted || wanted == ' ' && raw == '\n';
    }

    /** Never the text: a scalar may hold a secret. */
    @Override
    public String toString() {
        return described() + " at " + place;
    }
}
