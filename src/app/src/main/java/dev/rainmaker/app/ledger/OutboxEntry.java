package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.RecordId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something to be written to a connected system.
 *
 * @param stream the vendor's object
 * @param purpose {@code assignment}, {@code plv} or {@code lock}: what the fields are about
 * @param decision the decision that asked for it, null where none did
 * @param fields logical names with their values; the mapping knows the vendor's names
 * @param seen what the system held for these logical names when we decided, as far as it matters for a human's edit
 * @param sent whether an earlier attempt may already have reached the system
 */
public record OutboxEntry(
        long id,
        RecordId record,
        String stream,
        String purpose,
        @Nullable String decision,
        Map<String, @Nullable Object> fields,
        Map<String, @Nullable Object> seen,
        int attempts,
        boolean sent,
        long fence) {

    public OutboxEntry {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        seen = Collections.unmodifiableMap(new TreeMap<>(seen));
    }

    /** A new entry, not yet in the ledger. */
    public static OutboxEntry of(
            RecordId record,
            String stream,
            String purpose,
            @Nullable String decision,
            Map<String, @Nullable Object> fields,
            Map<String, @Nullable Object> seen) {
        return new OutboxEntry(0, record, stream, purpose, decision, fields, seen, 0, false, 0);
    }
}
