package dev.rainmaker.connector;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as the vendor gave it.
 *
 * @param id in the vendor's canonical form
 * @param modifiedAt the vendor's stamp of the last change; {@link Instant#EPOCH} where the vendor states none: of two
 *     reads of one record the later one then counts
 * @param deleted whether the vendor says it is gone; then {@code fields} may be empty
 * @param fields values by field name: String, Boolean, BigDecimal, List, nested Map, or null for an empty field. A field
 *     that was not asked for, or that the vendor did not send, is absent: absent is never "empty"
 * @param raw the record's own bytes as received (JSON), kept for replay
 */
public record SourceRecord(
        String stream,
        String id,
        Instant modifiedAt,
        boolean deleted,
        Map<String, @Nullable Object> fields,
        byte[] raw) {

    /** Whether the vendor sent the field at this path ({@code Owner.IsActive}), be it empty. */
    public boolean has(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return fields.containsKey(path);
        }
        Object parent = fields.get(path.substring(0, dot));
        return parent == null
                ? fields.containsKey(path.substring(0, dot))
                : parent instanceof Map<?, ?> map && nested(map).has(path.substring(dot + 1));
    }

    /** The value at a path; null where the field, or a parent on the way, is empty or absent. */
    public @Nullable Object at(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return fields.get(path);
        }
        return fields.get(path.substring(0, dot)) instanceof Map<?, ?> map
                ? nested(map).at(path.substring(dot + 1))
                : null;
    }

    @SuppressWarnings("unchecked")
    private SourceRecord nested(Map<?, ?> map) {
        return new SourceRecord(stream, id, modifiedAt, deleted, (Map<String, @Nullable Object>) map, raw);
    }

    /** Names the record without its content: personal data stays out of logs. */
    @Override
    public String toString() {
        return stream + "/" + id + "@" + modifiedAt;
    }
}
