package dev.rainmaker.connector.moodle;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server or the proxy before it asks us to stay away (RFC 9110, 10.2.3). */
final class RetryAfter {

    /** Nobody is believed who asks for more: one wrong header must not stop a connection for a day. */
    static final Duration MOST = Duration.ofHours(1);

    private RetryAfter() {}

    /** @return zero to {@link #MOST}; zero where nothing sensible is asked */
    static Duration of(Optional<String> header, Instant now) {
        Duration asked =
                header.map(String::strip).map(value -> read(value, now)).orElse(Duration.ZERO);
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(MOST) > 0 ? MOST : asked;
    }

    private static Duration read(String value, Instant now) {
        if (value.matches("[0-9]{1,12}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        return date(value).map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
    }

    /** An HTTP date. */
    static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
