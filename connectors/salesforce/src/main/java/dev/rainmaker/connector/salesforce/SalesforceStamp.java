package dev.rainmaker.connector.salesforce;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** Salesforce's way to write an instant: {@code 2026-01-02T03:04:05.000+0000}. */
final class SalesforceStamp {

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter LITERAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ANY = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .toFormatter();

    private SalesforceStamp() {}

    /** As a value in a record; finer than milliseconds is cut off. */
    static String written(Instant instant) {
        return WRITTEN.format(instant);
    }

    /** As a literal in SOQL. */
    static String literal(Instant instant) {
        return LITERAL.format(instant);
    }

    /** @throws DateTimeException if it is no instant */
    static Instant parse(String text) {
        if (text.length() == 28 && text.endsWith("+0000") && text.charAt(10) == 'T' && text.charAt(19) == '.') {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                    .toEpochDay();
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, 19);
            if (hour < 24 && minute < 60 && second < 60) {
                return Instant.ofEpochSecond(
                        day * 86_400 + hour * 3_600L + minute * 60L + second, number(text, 20, 23) * 1_000_000L);
            }
        }
        return ANY.parse(text, Instant::from).truncatedTo(ChronoUnit.MILLIS);
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not an instant");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
