package dev.rainmaker.connector;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields to write to one existing record. No vendor makes a batch conditional on its records' versions, so the application
 * reads them just before it writes.
 *
 * @param fields values by the vendor's field name: String, Boolean, BigDecimal, Instant, LocalDate, or null to clear
 */
public record Change(String id, Map<String, @Nullable Object> fields) {

    public Change {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }
}
