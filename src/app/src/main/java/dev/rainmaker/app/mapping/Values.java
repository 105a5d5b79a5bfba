package dev.rainmaker.app.mapping;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a vendor's value into what a target holds. A value that does not fit is a {@link Misfit}. */
final class Values {

    private static final int MAX_DIGITS = 40;
    private static final BigDecimal MILLISECONDS_FROM = new BigDecimal(100_000_000_000L);
    private static final BigDecimal LAST_MILLISECOND = new BigDecimal(253_402_300_799_999L);
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][XXX][XX][X]", Locale.ROOT);
    private static final Map<String, Boolean> FLAGS =
            Map.of("true", true, "false", false, "yes", true, "no", false, "1", true, "0", false);

    private Values() {}

    /** The value as the target holds it; the given value is neither null nor blank. */
    static Object convert(Target target, Object value, String connection) {
        return switch (target.kind()) {
            case TEXT -> text(value);
            case FLAG -> flag(value);
            case WHOLE_NUMBER -> wholeNumber(value);
            case NUMBER -> number(value);
            case RECORD_ID -> new RecordId(connection, text(value));
            case DATE -> date(value);
            case INSTANT -> instant(value);
            case TEXTS -> texts(value);
            case CHOICE -> choice(target, text(value));
            case MONEY, TEXT_MAP -> throw new Misfit(value, target.wanted());
        };
    }

    static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value instanceof String text && text.isBlank()
                || value instanceof Collection<?> list && list.isEmpty();
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text.strip();
        }
        if (value instanceof BigDecimal number) {
            return number(number).toPlainString();
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
            return value.toString();
        }
        throw new Misfit(value, "text");
    }

    static boolean flag(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        Boolean known = value instanceof Collection<?> || value instanceof Map<?, ?>
                ? null
                : FLAGS.get(text(value).toLowerCase(Locale.ROOT));
        if (known == null) {
            throw new Misfit(value, "true or false");
        }
        return known;
    }

    private static Integer wholeNumber(Object value) {
        try {
            return number(value).intValueExact();
        } catch (ArithmeticException fraction) {
            throw new Misfit(value, "a whole number below two thousand million");
        }
    }

    /** A plain number of at most 40 digits on each side, with a point; nothing that depends on a country's habits. */
    static BigDecimal number(Object value) {
        try {
            BigDecimal number;
            if (value instanceof BigDecimal given) {
                number = given;
            } else if (value instanceof Double given) {
                number = BigDecimal.valueOf(given);
            } else if (value instanceof Number given) {
                number = BigDecimal.valueOf(given.longValue());
            } else if (value instanceof String text && text.length() <= 2 * MAX_DIGITS) {
                number = new BigDecimal(text.strip());
            } else {
                throw new Misfit(value, "a plain number");
            }
            if (Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > 2 * MAX_DIGITS) {
                throw new Misfit(value, "a number of usual size");
            }
            return number;
        } catch (NumberFormatException notPlain) {
            throw new Misfit(value, "a plain number such as 1234.56");
        }
    }

    private static LocalDate date(Object value) {
        if (value instanceof String text && text.strip().length() == 10) {
            try {
                return LocalDate.parse(text.strip());
            } catch (DateTimeException noDate) {
                throw new Misfit(value, "a date such as 2026-01-31");
            }
        }
        return instant(value).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** ISO 8601 with any way to write the offset; a date alone is its begin in UTC; a number is seconds or milliseconds. */
    private static Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof Number) {
            BigDecimal number = number(value);
            if (number.signum() < 0 || number.compareTo(LAST_MILLISECOND) > 0) {
                throw new Misfit(value, "an instant between 1970 and 9999");
            }
            return number.compareTo(MILLISECONDS_FROM) < 0
                    ? Instant.ofEpochSecond(number.longValue())
                    : Instant.ofEpochMilli(number.longValue());
        }
        String text = text(value);
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (text.endsWith("+0000")) {
                return Instant.parse(text.substring(0, text.length() - 5) + "Z");
            }
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
        } catch (DateTimeException noInstant) {
            throw new Misfit(value, "an instant such as 2026-01-31T12:00:00Z");
        }
    }

    private static Set<String> texts(Object value) {
        Collection<?> items = value instanceof Collection<?> list ? list : List.of(value);
        return items.stream()
                .filter(item -> !isEmpty(item))
                .map(Values::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> split(Object value, String separator) {
        if (value instanceof Collection<?> list) {
            return list.stream()
                    .filter(item -> !isEmpty(item))
                    .map(Values::text)
                    .toList();
        }
        String text = text(value);
        List<String> parts = new ArrayList<>(4);
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            add(text.substring(from, at), parts);
            from = at + separator.length();
        }
        add(text.substring(from), parts);
        return parts;
    }

    private static void add(String part, List<String> parts) {
        if (!part.isBlank()) {
            parts.add(part.strip());
        }
    }

    private static Object choice(Target target, String text) {
        Class<? extends Enum<?>> choices = target.choices();
        if (choices != null) {
            for (Enum<?> choice : choices.getEnumConstants()) {
                if (choice.name().equalsIgnoreCase(text)) {
                    return choice;
                }
            }
        }
        throw new Misfit(text, target.wanted());
    }
}
