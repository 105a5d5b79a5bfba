package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.RankInterval;
import dev.rainmaker.lifetimevalue.Trend;
import java.util.List;
import java.util.Optional;

/**
 * Partners by score, best first, all by one version.
 *
 * @param sequence of the ledger at which a score last changed
 * @param version of the model, empty where nobody has a score
 * @param seed of the draws behind the rank intervals
 */
public record Ranking(long sequence, String version, long seed, List<Ranked> rows) {

    /**
     * A partner's place.
     *
     * @param interval ranks that other weights, near the stated ones, would give it
     */
    public record Ranked(
            RecordId partner, String name, StoredScore score, PlvResult result, Trend trend, RankInterval interval) {}

    public Ranking {
        rows = List.copyOf(rows);
    }

    /** A partner's row. */
    public Optional<Ranked> of(RecordId partner) {
        return rows.stream().filter(row -> row.partner().equals(partner)).findFirst();
    }

    /** Whether the score separates a partner from its neighbour below; a tie otherwise. */
    public boolean separatedFromNext(int index) {
        return index + 1 < rows.size()
                && rows.get(index).interval().separatedFrom(rows.get(index + 1).interval());
    }
}
