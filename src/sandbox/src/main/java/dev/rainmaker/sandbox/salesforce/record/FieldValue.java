package dev.rainmaker.sandbox.salesforce.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of fields: read from JSON or text, checked against the field, written to JSON. */
public final class FieldValue {

    private static final int DOUBLE_DIGITS = 15;

    private FieldValue() {}

    /** A value that cannot be of the field's type at all; the vendor refuses the whole request for it. */
    public static final class WrongType extends Exception {
        private static final long serialVersionUID = 1L;

        WrongType(Field field, String shown) {
            super("Cannot deserialize instance of " + jsonName(field) + " from VALUE_STRING value " + shown
                    + " or request may be missing a required field at [" + field.name() + "]");
        }

        private static String jsonName(Field field) {
            return switch (field.type().kind()) {
                case NUMBER ->
                    field.type() == FieldType.INT
                            ? "int"
                            : field.type() == FieldType.DOUBLE
                                    ? "double"
                                    : field.type().vendorName();
                case BOOLEAN -> "boolean";
                case DATE -> "date";
                case DATETIME -> "datetime";
                case TEXT -> "string";
            };
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    /** Reads what a client sent: JSON null and the empty string mean no value. */
    public static @Nullable Object fromJson(Field field, JsonNode node) throws WrongType, Refused {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isContainerNode()) {
            throw new WrongType(field, node.isArray() ? "[...]" : "{...}");
        }
        if (field.type().kind() == FieldType.Kind.NUMBER && node.isNumber()) {
            return number(field, node.decimalValue());
        }
        return fromText(field, node.asText());
    }

    /** Reads a value from its text form, as in CSV; the empty text means no value. */
    public static @Nullable Object fromText(Field field, String text) throws WrongType, Refused {
        if (text.isEmpty()) {
            return null;
        }
        return switch (field.type().kind()) {
            case TEXT -> text(field, text);
            case NUMBER -> number(field, decimal(field, text));
            case BOOLEAN -> truth(field, text);
            case DATE -> ApiTime.parseDate(text).orElseThrow(() -> new WrongType(field, shown(text)));
            case DATETIME ->
                ApiTime.parse(text).filter(FieldValue::writable).orElseThrow(() -> new WrongType(field, shown(text)));
        };
    }

    private static boolean writable(Instant instant) {
        return instant.isAfter(Instant.parse("1700-01-01T00:00:00Z"))
                && instant.isBefore(Instant.parse("4001-01-01T00:00:00Z"));
    }

    private static Boolean truth(Field field, String text) throws WrongType {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> throw new WrongType(field, shown(text));
        };
    }

    private static BigDecimal decimal(Field field, String text) throws WrongType {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new WrongType(field, shown(text));
        }
    }

    private static BigDecimal number(Field field, BigDecimal sent) throws Refused {
        BigDecimal value = sent.setScale(field.scale(), RoundingMode.HALF_UP);
        if (value.precision() - value.scale() > field.precision() - field.scale()) {
            throw new Refused(
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    field.label() + ": value outside of valid range on numeric field: " + shown(sent.toString()),
                    java.util.List.of(field.name()));
        }
        return value;
    }

    /** Half a surrogate pair is no character and could not be written as UTF-8. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            }
        }
        return text;
    }

    private static String text(Field field, String sent) throws Refused {
        String text = whole(sent);
        if (field.type().isId()) {
            return SalesforceId.parse(text)
                    .orElseThrow(() -> new Refused(
                            "MALFORMED_ID",
                            field.label() + ": id value of incorrect type: " + shown(text),
                            java.util.List.of(field.name())));
        }
        if (text.codePointCount(0, text.length()) > field.length()) {
            throw new Refused(
                    "STRING_TOO_LONG",
                    field.label() + ": data value too large: " + shown(text) + " (max length=" + field.length() + ")",
                    java.util.List.of(field.name()));
        }
        return text;
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    /** Writes a value as the API does. */
    public static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Instant instant) {
            json.writeString(ApiTime.format(instant));
        } else if (value instanceof BigDecimal number) {
            writeNumber(json, number);
        } else {
            json.writeString(value.toString());
        }
    }

    /** Whole-number fields have no point, others are written as Java writes a double: 15000.0, 3.5E8. */
    private static void writeNumber(JsonGenerator json, BigDecimal number) throws IOException {
        if (number.scale() == 0) {
            json.writeNumber(number);
        } else if (number.precision() <= DOUBLE_DIGITS) {
            json.writeNumber(number.doubleValue());
        } else {
            json.writeNumber(number);
        }
    }

    /** The value in the API's text form, empty where there is none. */
    public static String asText(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Instant instant) {
            return ApiTime.format(instant);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
