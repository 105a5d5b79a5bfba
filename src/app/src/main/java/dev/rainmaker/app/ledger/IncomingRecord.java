package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source record with what its mapping made of it.
 *
 * @param absent kinds that this record used to state, or might have, and now does not
 * @param problem why it could not be mapped, null where it could; then no fact of it changes
 */
public record IncomingRecord(
        SourceRecord source,
        List<Fact> facts,
        List<FactKind> absent,
        @Nullable String problem) {}
