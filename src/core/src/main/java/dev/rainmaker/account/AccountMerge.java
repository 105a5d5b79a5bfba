package dev.rainmaker.account;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an account's record says of a merge in its system: the one that went names the one that remains, or the one that remains
 * names those that it took in.
 *
 * @param id the record that says so
 * @param into what it was merged into
 * @param absorbed ids, in the same system, of those that were merged into it
 */
public record AccountMerge(RecordId id, @Nullable RecordId into, Set<String> absorbed, Instant modifiedAt)
        implements Fact {

    public AccountMerge {
        absorbed = Collections.unmodifiableSet(new TreeSet<>(absorbed));
    }

    @Override
    public FactKind kind() {
        return FactKind.ACCOUNT_MERGE;
    }

    /** Those that went, each with the one that it was merged into. */
    public Map<RecordId, RecordId> gone() {
        Map<RecordId, RecordId> gone = new TreeMap<>();
        if (into != null && !into.equals(id)) {
            gone.put(id, into);
        }
        for (String each : absorbed) {
            RecordId other = new RecordId(id.connection(), each);
            if (!other.equals(id)) {
                gone.put(other, id);
            }
        }
        return gone;
    }
}
