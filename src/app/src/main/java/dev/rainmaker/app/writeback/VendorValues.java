package dev.rainmaker.app.writeback;

import dev.rainmaker.app.mapping.WriteField;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Logical values as the outbox keeps them, in the form a vendor's field takes, and the comparison of the two. */
final class VendorValues {

    /** ISO date-times with any of the usual offsets: {@code Z}, {@code +00:00}, {@code +0000}. */
    private static final DateTimeFormatter LENIENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    private VendorValues() {}

    /**
     * The value to hand to the connector.
     *
     * @throws IllegalArgumentException if the value does not fit the field's type
     */
    static @Nullable Object toVendor(@Nullable Object value, WriteField field) {
        if (value == null) {
            return null;
        }
        String type = field.type().toLowerCase(Locale.ROOT);
        String text = value.toString();
        if (type.startsWith("lookup")) {
            return text.indexOf('/') < 0 ? text : RecordId.parse(text).id();
        }
        if (type.startsWith("datetime") || type.startsWith("date/time")) {
            return Instant.parse(text);
        }
        if (type.startsWith("number") || type.startsWith("currency") || type.startsWith("percent")) {
            return new BigDecimal(text);
        }
        if (type.startsWith("checkbox")) {
            return Boolean.valueOf(text);
        }
        return cut(text, type);
    }

    /** A text cut to the length in {@code Text(255)}: better a short reason than a refused assignment. */
    private static String cut(String text, String type) {
        int open = type.indexOf('(');
        int close = type.indexOf(')');
        if (!type.startsWith("text") || open < 0 || close < open) {
            return text;
        }
        int most = Integer.parseInt(type.substring(open + 1, close).strip());
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /** Whether a system's value is the one that was to be written. */
    static boolean same(@Nullable Object wanted, @Nullable Object held) {
        if (wanted == null || held == null) {
            return isEmpty(wanted) && isEmpty(held);
        }
        if (wanted instanceof BigDecimal number) {
            try {
                return number.compareTo(new BigDecimal(held.toString())) == 0;
            } catch (NumberFormatException notANumber) {
                return false;
            }
        }
        if (wanted instanceof Instant instant) {
            try {
                long seconds = LENIENT.parse(held.toString(), Instant::from).getEpochSecond();
                return seconds == instant.getEpochSecond(); // vendors cut to seconds or milliseconds
            } catch (DateTimeException notAnInstant) {
                return false;
            }
        }
        return wanted.toString().strip().equals(held.toString().strip());
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || value.toString().isBlank();
    }
}
