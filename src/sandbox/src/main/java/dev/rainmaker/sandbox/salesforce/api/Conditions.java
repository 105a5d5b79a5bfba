package dev.rainmaker.sandbox.salesforce.api;

import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.salesforce.record.Row;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Conditional requests: dates for every object, to the second; entity tags for Account only. */
final class Conditions {

    private Conditions() {}

    static Optional<String> etag(Row row) {
        return row.type().name().equals("Account")
                ? Optional.of("\"" + Long.toHexString(row.stamp().toEpochMilli()) + "-" + row.id() + "\"")
                : Optional.empty();
    }

    /** Whether a GET may be answered with 304. */
    static boolean unchanged(Request request, Row row) throws ApiFault {
        Optional<String> tag = etag(row);
        Optional<String> none = request.header("If-None-Match");
        if (none.isPresent() && tag.isPresent()) {
            return matches(none.get(), tag.get());
        }
        Optional<Instant> since = date(request, "If-Modified-Since");
        return since.isPresent() && !modified(row).isAfter(since.get());
    }

    /** Refuses the request with 412 if the record is not as the client believes. */
    static void check(Request request, Row row) throws ApiFault {
        Optional<String> tag = etag(row);
        Optional<String> match = request.header("If-Match");
        boolean failed = match.isPresent() && tag.isPresent() && !matches(match.get(), tag.get());
        Optional<Instant> since = date(request, "If-Unmodified-Since");
        failed |= since.isPresent() && modified(row).isAfter(since.get());
        if (failed) {
            throw new ApiFault(412, "PRECONDITION_FAILED", "The record was changed since the given time");
        }
    }

    private static boolean matches(String header, String tag) {
        return header.strip().equals("*")
                || java.util.Arrays.asList(header.split("\\s*,\\s*")).contains(tag);
    }

    private static Instant modified(Row row) {
        Object date = row.value("LastModifiedDate");
        Instant modified = date instanceof Instant instant ? instant : row.stamp();
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Optional<Instant> date(Request request, String header) throws ApiFault {
        Optional<String> value = request.header(header);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(value.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            throw new ApiFault(400, "INVALID_HEADER", "The date in " + header + " is malformed: " + value.get());
        }
    }
}
