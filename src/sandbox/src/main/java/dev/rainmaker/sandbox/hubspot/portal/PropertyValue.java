package dev.rainmaker.sandbox.hubspot.portal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Values as the portal keeps them: text, times in ISO form with milliseconds. */
public final class PropertyValue {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LONGEST = 65_536;

    private PropertyValue() {}

    /** What is wrong with a value. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        Invalid(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    public static String time(Instant at) {
        return TIME.format(at);
    }

    /** The value to keep; an empty text clears. */
    static String of(PropertyDefinition property, String sent) throws Invalid {
        if (sent.isEmpty()) {
            return sent;
        }
        return switch (property.type()) {
            case "number" -> number(sent);
            case "bool" -> oneOf(property, sent);
            case "enumeration" -> property.openOptions() ? sent : oneOf(property, sent);
            case "datetime" -> datetime(sent);
            case "date" -> date(sent);
            default -> text(property, sent);
        };
    }

    private static String text(PropertyDefinition property, String sent) throws Invalid {
        if (sent.length() > LONGEST) {
            throw new Invalid("PROPERTY_VALUE_TOO_LONG", "the value is longer than " + LONGEST + " characters");
        }
        if (property.name().equals("email")) {
            String address = sent.strip().toLowerCase(java.util.Locale.ROOT);
            if (!address.matches("[^@\\s,;]+@[^@\\s,;]+\\.[^@\\s,;]+")) {
                throw new Invalid("INVALID_EMAIL", "Email address " + sent + " is invalid");
            }
            return address;
        }
        return sent;
    }

    private static String number(String sent) throws Invalid {
        try {
            return new BigDecimal(sent.strip()).toPlainString();
        } catch (NumberFormatException e) {
            throw new Invalid("INVALID_LONG", sent + " was not a valid number.");
        }
    }

    private static String oneOf(PropertyDefinition property, String sent) throws Invalid {
        boolean several = property.fieldType().equals("checkbox");
        for (String choice : several ? sent.split(";", -1) : new String[] {sent}) {
            boolean known = property.options().stream()
                    .anyMatch(option -> option.value().equals(choice));
            boolean truth = property.type().equals("bool") && choice.matches("true|false");
            if (!known && !truth && !choice.isEmpty()) {
                throw new Invalid(
                        "INVALID_OPTION",
                        choice + " was not one of the allowed options: "
                                + property.options().stream()
                                        .map(PropertyDefinition.Option::value)
                                        .toList());
            }
        }
        return sent;
    }

    private static String datetime(String sent) throws Invalid {
        try {
            if (sent.matches("-?\\d{1,15}")) {
                return time(Instant.ofEpochMilli(Long.parseLong(sent)));
            }
            return sent.length() == 10
                    ? time(LocalDate.parse(sent).atStartOfDay(ZoneOffset.UTC).toInstant())
                    : time(OffsetDateTime.parse(sent).toInstant());
        } catch (DateTimeException e) {
            throw new Invalid("INVALID_DATE", sent + " was not a valid date.");
        }
    }

    private static String date(String sent) throws Invalid {
        String time = datetime(sent);
        if (!time.endsWith("T00:00:00.000Z")) {
            throw new Invalid("INVALID_DATE", sent + " is at " + time.substring(11) + " and not at midnight UTC.");
        }
        return time.substring(0, 10);
    }
}
