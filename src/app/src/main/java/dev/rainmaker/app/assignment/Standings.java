package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.assignment.Conversion;
import dev.rainmaker.assignment.Standing;
import java.math.BigDecimal;
import java.util.Map;

/** A stored score as the numbers that decisions use. */
final class Standings {

    private Standings() {}

    static Standing of(ScoreLedger.StoredScore score) {
        return new Standing(
                score.score(),
                score.value(),
                Conversion.UNIFORM,
                Map.of(),
                BigDecimal.ONE,
                score.version(),
                score.seq());
    }
}
