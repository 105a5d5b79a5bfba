package dev.rainmaker.connector;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one vendor's system. Implementations are safe for use by several threads.
 *
 * <p>Every method that leaves the process throws {@link ConnectorFault.Retryable} when the same call may work later and
 * {@link ConnectorFault.Fatal} when a person must act first; nothing else. A record that the vendor refuses is an
 * outcome, not a fault.
 */
public interface Connector extends AutoCloseable {

    Capabilities capabilities();

    /**
     * Tries the credentials and compares what the mappings need with what the vendor has. Reports instead of throwing:
     * whatever is wrong is in the report, each line with what to do.
     */
    CheckReport check(List<StreamNeed> needs);

    /** The streams this connection offers, with their fields. */
    List<StreamDescription> discover();

    /** One stream with its fields; empty where the vendor has no such stream. */
    default Optional<StreamDescription> describe(String stream) {
        return discover().stream()
                .filter(described -> described.name().equals(stream))
                .findFirst();
    }

    /**
     * Reads the next page of a stream, in an order of the connector's own in which nothing is missed: oldest change first
     * where the vendor stamps its records. Reading again from the same cursor gives at least the same
     * records, in their then current state. The cursor already allows for records that become visible late: a first page
     * after a pause repeats an overlap, which the ledger recognises.
     *
     * @param fields paths of the fields wanted, as the vendor names them ({@code Owner.IsActive})
     * @param cursor where the last page ended, null for a full read
     */
    Page read(String stream, Set<String> fields, @Nullable Cursor cursor);

    /**
     * Fetches records by id, in any order; ids that do not exist are absent from the result.
     *
     * @param ids at most {@link Capabilities#fetchBatch()} of them
     */
    List<SourceRecord> fetch(String stream, List<String> ids, Set<String> fields, CallPurpose purpose);

    /**
     * Writes fields to existing records, at most {@link Capabilities#writeBatch()} at once. Writing the same values twice
     * leaves the same state: the idempotency key of a write is (stream, record id, field values).
     *
     * @return one outcome per change, in the order given
     */
    List<WriteOutcome> write(String stream, List<Change> changes);

    /**
     * Checks that a pushed request comes from the vendor and reads the events in it.
     *
     * @throws ConnectorFault.Fatal if the signature is wrong or the request too old: nothing of it may be processed
     */
    default List<PushedEvent> verify(RawRequest request) {
        throw new ConnectorFault.Fatal("this connection takes no webhooks");
    }

    /**
     * What is missing in the vendor's system for what the mappings write, where {@link Capabilities#setsUp()}. Calls the
     * vendor and changes nothing.
     *
     * @throws ConnectorFault as every call
     */
    default SetupPlan planSetup(List<StreamNeed> needs) {
        throw new ConnectorFault.Fatal("this connector cannot create fields");
    }

    /**
     * Makes what {@link #planSetup} found missing. Doing it again changes nothing: what exists is left as it is.
     *
     * @return one outcome per step, in order
     */
    default List<SetupPlan.Done> setUp(List<StreamNeed> needs) {
        throw new ConnectorFault.Fatal("this connector cannot create fields");
    }

    /**
     * The vendor's own page of a record, where people work on it; empty where the vendor has none or its address is not
     * known yet. Calls nobody.
     */
    default Optional<URI> recordPage(String stream, String id) {
        return Optional.empty();
    }

    /** Calls made since the connection was opened, and what the vendor says of its budget. */
    ApiUsage usage();

    @Override
    void close();
}
