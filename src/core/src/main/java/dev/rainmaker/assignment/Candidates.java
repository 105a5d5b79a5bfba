package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.util.Map;

/**
 * The partners of one ledger sequence with their numbers. Changing one partner's numbers copies one array of references,
 * whatever the number of partners; changing a partner itself needs a new index.
 */
public final class Candidates {

    private final long sequence;
    private final PartnerIndex index;
    private final Standing[] standings;
    /** Scores for comparing; -1 where there is none. */
    private final double[] scores;

    private Candidates(long sequence, PartnerIndex index, Standing[] standings, double[] scores) {
        this.sequence = sequence;
        this.index = index;
        this.standings = standings;
        this.scores = scores;
    }

    /**
     * @param sequence ledger sequence up to which facts are in
     * @param standings numbers per partner; partners without are {@link Standing#UNKNOWN}, unknown partners are ignored
     */
    public static Candidates of(long sequence, PartnerIndex index, Map<RecordId, Standing> standings) {
        Standing[] byOrdinal = new Standing[index.size()];
        double[] scores = new double[index.size()];
        for (int i = 0; i < byOrdinal.length; i++) {
            byOrdinal[i] = standings.getOrDefault(index.partner(i).id(), Standing.UNKNOWN);
            scores[i] = byOrdinal[i].scoreOr(-1);
        }
        return new Candidates(sequence, index, byOrdinal, scores);
    }

    /** The same with one partner's new numbers, as of a later sequence. */
    public Candidates with(long laterSequence, RecordId partner, Standing standing) {
        Standing[] copy = standings.clone();
        double[] copiedScores = scores.clone();
        index.ordinal(partner).ifPresent(ordinal -> {
            copy[ordinal] = standing;
            copiedScores[ordinal] = standing.scoreOr(-1);
        });
        return new Candidates(laterSequence, index, copy, copiedScores);
    }

    /** The same numbers as of a later sequence, up to which nothing changed them. */
    public Candidates at(long laterSequence) {
        return new Candidates(laterSequence, index, standings, scores);
    }

    public long sequence() {
        return sequence;
    }

    public PartnerIndex index() {
        return index;
    }

    double score(int ordinal) {
        return scores[ordinal];
    }

    public Standing standing(int ordinal) {
        return standings[ordinal];
    }
}
