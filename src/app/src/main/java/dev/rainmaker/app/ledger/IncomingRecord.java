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
 * @param problem why a fact of it was withheld, null where none was; a withheld fact stays as it is known
 */
public record IncomingRecord(
        SourceRecord source,
        List<Fact> facts,
        List<FactKind> absent,
        @Nullable String problem) {}
