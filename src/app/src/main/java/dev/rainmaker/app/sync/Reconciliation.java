package dev.rainmaker.app.sync;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.SeenLedger;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import java.util.List;

/**
 * Finds what was deleted where the vendor does not tell: what a full read no longer brings is gone. A read that brings so
 * little that a lost permission is likelier than so many deletions ends nothing.
 */
final class Reconciliation {

    /** So many may go at once without question; beyond, at most half of what is known. */
    private static final int FEW = 20;

    private final SeenLedger seen;
    private final LiveConnection connection;
    private final StreamMapping stream;

    private Reconciliation(SeenLedger seen, LiveConnection connection, StreamMapping stream) {
        this.seen = seen;
        this.connection = connection;
        this.stream = stream;
    }

    static Reconciliation begin(SeenLedger seen, LiveConnection connection, StreamMapping stream) {
        seen.begin(connection.name(), stream.stream());
        return new Reconciliation(seen, connection, stream);
    }

    void saw(Page page) {
        if (!page.records().isEmpty()) {
            seen.seen(
                    connection.name(),
                    stream.stream(),
                    page.records().stream().map(SourceRecord::id).toList());
        }
    }

    /**
     * What the read did not bring, to be committed as deleted.
     *
     * @throws ConnectorFault.Fatal if that is so much that it is taken for a fault, unless the full read before said the same
     */
    List<SourceRecord> gone() {
        List<SourceRecord> gone = seen.missing(connection.name(), stream.stream());
        long held = seen.held(connection.name(), stream.stream());
        boolean many = gone.size() > FEW && gone.size() * 2L > held;
        if (many && !seen.doubtedBefore(connection.name(), stream.stream(), gone.size())) {
            throw new ConnectorFault.Fatal(
                    connection.name() + ": a full read of " + stream.stream() + " no longer brought "
                            + gone.size() + " of " + held
                            + " records known before; that is taken for a lost permission, and none"
                            + " of them was ended. Run check; the next full read is believed if it says the same");
        }
        return gone;
    }
}
