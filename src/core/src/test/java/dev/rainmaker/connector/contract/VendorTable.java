package dev.rainmaker.connector.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records that the stand-in of a vendor holds: one stream with one text field. */
public final class VendorTable {

    private final Map<String, Row> rows = new TreeMap<>();
    private boolean fieldHidden;

    /**
     * A record.
     *
     * @param value of the field, null for an empty one
     */
    public record Row(String id, Instant changed, @Nullable String value) {}

    public synchronized void put(String id, Instant changed, @Nullable String value) {
        rows.put(id, new Row(id, changed, value));
    }

    /** What a write does; an unknown id changes nothing. */
    public synchronized boolean write(String id, @Nullable String value) {
        return rows.computeIfPresent(id, (key, row) -> new Row(key, Instant.now(), value)) != null;
    }

    public synchronized Optional<Row> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /** All records, by time of change, then by id. */
    public synchronized List<Row> rows() {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparing(Row::changed).thenComparing(Row::id));
        return sorted;
    }

    /** From now on the vendor leaves the field out of its answers, without a word. */
    public synchronized void hideField() {
        fieldHidden = true;
    }

    public synchronized boolean fieldHidden() {
        return fieldHidden;
    }
}
