package dev.rainmaker.assignment.life;

import dev.rainmaker.fact.RecordId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * One lead's life so far.
 *
 * @param version rises by exactly one with each applied event; the shell updates where it still is the one it read
 * @param attempt decisions asked for so far minus one; enters the seed of the next decision
 * @param tries the same since the lead was last recycled, handed back or reopened
 * @param declined who declined it or let it lapse
 */
public record LeadLife(RecordId lead, long version, LeadState state, int attempt, int tries, Set<RecordId> declined) {

    public LeadLife {
        declined = Collections.unmodifiableSet(new TreeSet<>(declined));
    }

    /** A lead just seen: a decision is due. */
    public static LeadLife of(RecordId lead) {
        return new LeadLife(lead, 0, new LeadState.Waiting("new", true), 0, 0, Set.of());
    }

    /** Whether the shell should decide now. */
    public boolean deciding() {
        return state instanceof LeadState.Waiting waiting && waiting.deciding();
    }
}
