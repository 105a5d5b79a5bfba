package dev.rainmaker.sandbox.world;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record of an export folder under construction; formats values as Salesforce's exports do. */
final class ExportRow {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, String> values = new LinkedHashMap<>();

    ExportRow set(String column, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(column, value);
        }
        return this;
    }

    ExportRow set(String column, boolean value) {
        return set(column, Boolean.toString(value));
    }

    ExportRow set(String column, long value) {
        return set(column, Long.toString(value));
    }

    ExportRow money(String column, double value) {
        return money(column, BigDecimal.valueOf(value));
    }

    ExportRow money(String column, BigDecimal value) {
        return set(column, value.setScale(2, RoundingMode.HALF_EVEN).toPlainString());
    }

    ExportRow set(String column, @Nullable LocalDate value) {
        return value == null ? this : set(column, value.toString());
    }

    ExportRow set(String column, Instant value) {
        return set(column, INSTANT.format(value));
    }

    ExportRow clear(String column) {
        values.remove(column);
        return this;
    }

    /** The value, or the empty text where none was set. */
    String value(String column) {
        return values.getOrDefault(column, "");
    }

    Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }
}
