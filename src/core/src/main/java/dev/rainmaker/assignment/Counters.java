package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only the ledger knows at the moment of the decision; read under lock.
 *
 * @param loads load per partner; absent means {@link Load#NONE}
 * @param rotations state per rotation name; absent means {@link Rotation#NEW}
 */
public record Counters(Map<RecordId, Load> loads, Map<String, Rotation> rotations) {

    public static final Counters NONE = new Counters(Map.of(), Map.of());

    public Counters {
        loads = Patched.copyOf(loads);
        rotations = Patched.copyOf(rotations);
    }

    Load load(RecordId partner) {
        return loads.getOrDefault(partner, Load.NONE);
    }

    Rotation rotation(String name) {
        return rotations.getOrDefault(name, Rotation.NEW);
    }

    /** The counters that the next decision sees: the same as the ledger after this decision's transaction. */
    public Counters after(Decision decision, Instant now) {
        return after(
                decision instanceof Decision.Assigned assigned ? assigned.partner() : null,
                decision.rotation().orElse(null),
                now);
    }

    /**
     * The counters after a decision of which only its effects are known.
     *
     * @param partner who got the lead, null where nobody did
     * @param change what became of a rotation, null where none took a turn
     */
    public Counters after(@Nullable RecordId partner, Rotation.@Nullable Change change, Instant now) {
        return new Counters(
                partner == null
                        ? loads
                        : Patched.copyOf(loads)
                                .with(Map.of(partner, load(partner).plusOne(now))),
                change == null
                        ? rotations
                        : Patched.copyOf(rotations)
                                .with(Map.of(
                                        change.name(), rotation(change.name()).after(change))));
    }
}
