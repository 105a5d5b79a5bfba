package dev.rainmaker.connector.salesforce;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds or a date, measured in the server's own time. */
final class RetryAfter {

    /** Longer waits are not believed: a mistaken header must not stop a connection for a day. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * @param date the answer's {@code Date} header
     * @return between zero and {@link #LONGEST}; zero where the header is absent or makes no sense
     */
    static Duration of(@Nullable String value, @Nullable String date) {
        if (value == null) {
            return Duration.ZERO;
        }
        String text = value.strip();
        Duration wait = text.matches("-?[0-9]{1,18}")
                ? Duration.ofSeconds(Long.parseLong(text))
                : between(instant(date), instant(text));
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration between(@Nullable Instant now, @Nullable Instant then) {
        return now == null || then == null ? Duration.ZERO : Duration.between(now, then);
    }

    /** An HTTP date, null where it is none. */
    static @Nullable Instant instant(@Nullable String httpDate) {
        if (httpDate == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(httpDate.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
