package dev.rainmaker.app.draft;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where the past begins: {@code 90d}, {@code 12h}, {@code 4w}, a day, or an instant. */
public final class Since {

    private static final Pattern AGO = Pattern.compile("(\\d{1,5})\\s*([hdw])");

    private Since() {}

    /** @throws IllegalArgumentException saying what is possible */
    public static Instant instant(String text, Instant now) {
        Matcher ago = AGO.matcher(text.strip());
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return now.minus(
                    switch (ago.group(2)) {
                        case "h" -> Duration.ofHours(count);
                        case "w" -> Duration.ofDays(7 * count);
                        default -> Duration.ofDays(count);
                    });
        }
        try {
            return text.strip().length() == 10
                    ? LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text.strip());
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no time: write 90d, 12h, 4w, a day such as 2026-06-30, or an instant", wrong);
        }
    }
}
