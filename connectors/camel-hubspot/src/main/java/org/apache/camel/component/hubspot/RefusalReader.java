package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.apache.camel.component.hubspot.HubspotException.Kind;

/**
 * What an answer that is no success means, decided by status and policy name, never by the words of the message but one:
 * the limit per second has no policy of its own.
 */
final class RefusalReader {

    static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    static final Duration SECOND = Duration.ofSeconds(1);
    /** Longer waits are not believed, but for an account that is being moved. */
    static final Duration LONGEST = Duration.ofHours(1);

    static final Duration DAY = Duration.ofDays(1);
    private static final Set<Integer> BUSY =
            Set.of(408, 423, 425, 477, 500, 502, 503, 504, 521, 522, 523, 524, 525, 526);
    /** Served again, these may have been carried out already. */
    private static final Set<Integer> MAYBE_DONE = Set.of(408, 500, 502, 504, 524);

    private RefusalReader() {}

    static HubspotException read(String call, boolean isRead, int status, HttpHeaders headers, JsonNode answer) {
        return new HubspotException(kind(isRead, status, answer), call, status, answer, wait(status, headers, answer));
    }

    private static Kind kind(boolean isRead, int status, JsonNode answer) {
        if (status == 429) {
            return policy(answer).contains("DAILY") ? Kind.DAILY_LIMIT : Kind.BUSY;
        }
        if (BUSY.contains(status)) {
            return MAYBE_DONE.contains(status) && !isRead ? Kind.UNKNOWN_OUTCOME : Kind.BUSY;
        }
        return switch (status) {
            case 401 -> Kind.AUTHENTICATION;
            case 403 -> Kind.PERMISSION;
            case 404 -> Kind.NOT_FOUND;
            case 409, 412 -> Kind.CONFLICT;
            default -> status > 500 ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
        };
    }

    private static Duration wait(int status, HttpHeaders headers, JsonNode answer) {
        Duration asked = retryAfter(headers, status == 477 ? DAY : LONGEST);
        Duration own = switch (status) {
            case 429 -> ofPolicy(headers, answer);
            case 423 -> Duration.ofSeconds(2);
            case 477 -> Duration.ofMinutes(1);
            default -> BUSY.contains(status) ? SECOND : Duration.ZERO;
        };
        return asked.compareTo(own) > 0 ? asked : own;
    }

    private static Duration ofPolicy(HttpHeaders headers, JsonNode answer) {
        String policy = policy(answer);
        if (policy.contains("DAILY")) {
            return LONGEST;
        }
        boolean secondly = policy.equals("SECONDLY")
                || answer != null && answer.path("message").asText().contains("secondly limit");
        if (secondly) {
            return SECOND;
        }
        long interval = headers.firstValue("X-HubSpot-RateLimit-Interval-Milliseconds")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .orElse(TEN_SECONDS.toMillis());
        return Duration.ofMillis(interval);
    }

    private static String policy(JsonNode answer) {
        return answer == null ? "" : answer.path("policyName").asText();
    }

    /** The header {@code Retry-After}, seconds or a date against the server's own clock; zero where it makes no sense. */
    static Duration retryAfter(HttpHeaders headers, Duration longest) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        Duration wait = Duration.ZERO;
        if (value.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(value));
        } else if (!value.isEmpty()) {
            Instant then = instant(value);
            Instant now = instant(headers.firstValue("Date").orElse(""));
            wait = then == null || now == null || then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    /** An HTTP date, null where it is none. */
    static Instant instant(String httpDate) {
        try {
            return ZonedDateTime.parse(httpDate.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
