package dev.rainmaker.connector;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor can do, declared by its connector. The application acts on this and never on a vendor's name.
 *
 * @param writes whether records can be written at all
 * @param writeBatch how many records one write call takes at most
 * @param fetchBatch how many ids one fetch call takes at most
 * @param readPage how many records a page holds at most
 * @param writeAnswersValues whether the answer to a write proves what is now stored; where false it is read back
 * @param seesDeletes whether {@code read} reports deleted records; where false, what a full read no longer brings is
 *     taken as deleted
 * @param forgets streams of things that happened, of which the vendor keeps only the latest: what a full read no longer
 *     brings of them did happen all the same and is kept
 * @param webhooks whether the vendor pushes events that {@code verify} can check
 * @param changeFeed whether {@code subscribe} works
 * @param setsUp whether {@code planSetup} and {@code setUp} can make what is missing; where false a person has to
 * @param budgetWindow over which window the vendor counts calls, null where it does not
 */
public record Capabilities(
        boolean writes,
        int writeBatch,
        int fetchBatch,
        int readPage,
        boolean writeAnswersValues,
        boolean seesDeletes,
        Set<String> forgets,
        boolean webhooks,
        boolean changeFeed,
        boolean setsUp,
        @Nullable Duration budgetWindow) {

    public Capabilities {
        forgets = Set.copyOf(forgets);
    }
}
