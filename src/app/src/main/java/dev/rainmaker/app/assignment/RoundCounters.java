package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.RoundLedger;
import dev.rainmaker.assignment.Counters;
import org.jspecify.annotations.Nullable;

/**
 * How the counters of rounds are kept for replays: whole now and then, and in between what differs from that, so that a round
 * of one lead costs what one lead changes and not what all partners carry.
 */
final class RoundCounters {

    /** Differences as large as this share of the whole are kept as a new whole. */
    private static final double SHARE = 0.25;

    /** @param round whose whole counters these are */
    record Base(long round, Counters counters) {}

    private final RoundLedger rounds;
    private final Counters before;
    private @Nullable Base base;

    /**
     * @param before what the round's first decision sees
     * @param base the last whole ones that are kept for certain, null where none are known
     */
    RoundCounters(RoundLedger rounds, Counters before, @Nullable Base base) {
        this.rounds = rounds;
        this.before = before;
        this.base = base;
    }

    /** What the first decision of a round saw. */
    static Counters of(RoundLedger rounds, long round) {
        RoundLedger.Kept kept = rounds.find(round);
        Counters told = CountersJson.read(kept.counters());
        return kept.whole() == null ? told : CountersJson.read(kept.whole()).with(told);
    }

    /** Opens the round; call in the transaction of its decisions. */
    long open() {
        Base known = base;
        if (known != null) {
            Counters changes = before.since(known.counters());
            if (changes.size() <= SHARE * before.size()) {
                return rounds.open(CountersJson.write(changes), known.round());
            }
        }
        long round = rounds.open(CountersJson.write(before), null);
        base = new Base(round, before);
        return round;
    }

    /** The last whole ones, once the round's transaction has committed. */
    @Nullable
    Base base() {
        return base;
    }
}
