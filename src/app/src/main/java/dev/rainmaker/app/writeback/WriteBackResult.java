package dev.rainmaker.app.writeback;

/**
 * What became of outbox entries.
 *
 * @param written accepted by a system
 * @param confirmed read back and found as wanted
 * @param superseded given up because a person, or the record's end, was first
 * @param dead refused by a system; kept as dead letters
 * @param postponed to be tried again later
 */
public record WriteBackResult(long written, long confirmed, long superseded, long dead, long postponed) {

    public static final WriteBackResult NOTHING = new WriteBackResult(0, 0, 0, 0, 0);

    public WriteBackResult plus(WriteBackResult other) {
        return new WriteBackResult(
                written + other.written,
                confirmed + other.confirmed,
                superseded + other.superseded,
                dead + other.dead,
                postponed + other.postponed);
    }
}
