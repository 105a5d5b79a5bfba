package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.util.HashMap;
import java.util.Map;

/**
 * What only the ledger knows at the moment of the decision; read under lock.
 *
 * @param loads load per partner; absent means {@link Load#NONE}
 * @param rotations state per rotation name; absent means {@link Rotation#NEW}
 */
public record Counters(Map<RecordId, Load> loads, Map<String, Rotation> rotations) {

    public static final Counters NONE = new Counters(Map.of(), Map.of());

    public Counters {
        loads = Map.copyOf(loads);
        rotations = Map.copyOf(rotations);
    }

    Load load(RecordId partner) {
        return loads.getOrDefault(partner, Load.NONE);
    }

    Rotation rotation(String name) {
        return rotations.getOrDefault(name, Rotation.NEW);
    }

    /** The counters that the next decision sees: the same as the ledger after this decision's transaction. */
    public Counters after(Decision decision, java.time.Instant now) {
        Map<RecordId, Load> nextLoads = new HashMap<>(loads);
        if (decision instanceof Decision.Assigned assigned) {
            nextLoads.merge(assigned.partner(), Load.NONE.plusOne(now), (old, ignored) -> old.plusOne(now));
        }
        Map<String, Rotation> nextRotations = new HashMap<>(rotations);
        decision.rotation()
                .ifPresent(change ->
                        nextRotations.put(change.name(), rotation(change.name()).after(change)));
        return new Counters(nextLoads, nextRotations);
    }
}
