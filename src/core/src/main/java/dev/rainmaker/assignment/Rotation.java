package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * State of one rotation, stored in the ledger and read and written under a row lock in the decision's transaction, so
 * that a crash neither loses nor repeats a turn.
 *
 * @param turns turns taken so far
 * @param marks per partner: round robin, the turn of its last lead (from 1); weighted, its credit
 */
public record Rotation(long turns, Map<RecordId, Long> marks) {

    public static final Rotation NEW = new Rotation(0, Map.of());

    public Rotation {
        marks = Patched.copyOf(marks);
    }

    /** This rotation after a change. */
    public Rotation after(Change change) {
        return new Rotation(change.turns(), Patched.copyOf(marks).with(change.marks()));
    }

    /**
     * What a decision does to a rotation; to be stored in the same transaction.
     *
     * @param name the rotation's name in the policy
     * @param turns the new number of turns
     * @param marks the marks that changed
     */
    public record Change(String name, long turns, Map<RecordId, Long> marks) {

        public Change {
            marks = Collections.unmodifiableMap(new TreeMap<>(marks));
        }
    }
}
