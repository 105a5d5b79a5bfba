package dev.rainmaker.app.sync;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a sync did.
 *
 * @param records rows read
 * @param changed rows that were new or differed from the ledger
 * @param facts fact versions begun or ended
 * @param problems rows that could not be mapped and wait in the dead letters
 */
public record SyncResult(long records, long changed, long facts, long problems, long pages) {

    public static final SyncResult NOTHING = new SyncResult(0, 0, 0, 0, 0);

    /** Both together. */
    public SyncResult plus(SyncResult other) {
        return new SyncResult(
                records + other.records,
                changed + other.changed,
                facts + other.facts,
                problems + other.problems,
                pages + other.pages);
    }

    /** The counts by name, for run records and reports. */
    public Map<String, Long> counts() {
        return new TreeMap<>(
                Map.of("records", records, "changed", changed, "facts", facts, "problems", problems, "pages", pages));
    }
}
