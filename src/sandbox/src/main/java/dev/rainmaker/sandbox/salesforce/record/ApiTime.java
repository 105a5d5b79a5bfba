package dev.rainmaker.sandbox.salesforce.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times as the API writes them: {@code 2026-01-02T03:04:05.000+0000}. */
public final class ApiTime {

    private static final DateTimeFormatter OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();
    private static final long DAY = 86_400;

    private ApiTime() {}

    /** Milliseconds and an offset without colon, always UTC. */
    public static String format(Instant instant) {
        long seconds = instant.getEpochSecond();
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY));
        if (date.getYear() < 0 || date.getYear() > 9999) {
            throw new IllegalArgumentException("a year the API cannot write: " + date.getYear());
        }
        int second = (int) Math.floorMod(seconds, DAY);
        char[] text = new char[28];
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, second / 3600);
        text[13] = ':';
        digits(text, 14, 2, second / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, second % 60);
        text[19] = '.';
        digits(text, 20, 3, instant.getNano() / 1_000_000);
        text[23] = '+';
        digits(text, 24, 4, 0);
        return new String(text);
    }

    private static void digits(char[] text, int at, int count, int number) {
        int rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Reads a time with offset ({@code Z}, {@code +00:00}, {@code +0000}); a bare date is its first instant in UTC. */
    public static Optional<Instant> parse(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            if (text.length() <= 23 && text.indexOf('Z') < 0 && text.indexOf('+') < 0 && text.lastIndexOf('-') < 10) {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            }
            return Optional.of(OffsetDateTime.parse(text, OFFSET).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Reads a date; of a time with offset its UTC date. */
    public static Optional<LocalDate> parseDate(String text) {
        try {
            return text.indexOf('T') < 0
                    ? Optional.of(LocalDate.parse(text))
                    : parse(text).map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
