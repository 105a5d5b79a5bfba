package dev.rainmaker.connector;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields to write to one existing record.
 *
 * @param fields values by the vendor's field name: String, Boolean, BigDecimal, Instant, LocalDate, or null to clear
 * @param unmodifiedSince write only if the record has not changed since; used where {@link
 *     Capabilities#conditionalWrite()}, else ignored
 */
public record Change(
        String id,
        Map<String, @Nullable Object> fields,
        @Nullable Instant unmodifiedSince) {

    public Change {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }
}
