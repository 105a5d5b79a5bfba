package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.ApiTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A page of records as JSON bytes. Names are encoded once per query and plain text is copied; a general generator took
 * most of the time of serving a page.
 */
public final class JsonBytes {

    private static final int DOUBLE_DIGITS = 15;
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private byte[] bytes;
    private int length;

    public JsonBytes(int expectedSize) {
        bytes = new byte[expectedSize];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** JSON that is already text. */
    public JsonBytes raw(String json) {
        return raw(ascii(json));
    }

    JsonBytes raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    void raw(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    /** Text without anything that JSON escapes, such as an id. */
    void plain(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
    }

    /** A value of a field, as the API writes it. */
    void value(@Nullable Object value) {
        if (value == null) {
            raw(NULL);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Boolean truth) {
            raw(truth ? TRUE : FALSE);
        } else if (value instanceof Instant instant) {
            quoted(ApiTime.format(instant));
        } else if (value instanceof BigDecimal number) {
            boolean asDouble = number.scale() != 0 && number.precision() <= DOUBLE_DIGITS;
            plain(asDouble ? Double.toString(number.doubleValue()) : number.toString());
        } else {
            quoted(value.toString());
        }
    }

    private void quoted(String plain) {
        raw('"');
        plain(plain);
        raw('"');
    }

    private void string(String text) {
        int count = text.length();
        room(count + 2);
        int at = length;
        bytes[at++] = '"';
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                length = at;
                escaped(text, i);
                raw('"');
                return;
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '"';
        length = at;
    }

    private void escaped(String text, int from) {
        StringBuilder escaped = new StringBuilder(text.length() - from + 16);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        raw(ascii(escaped.toString()));
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
