package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.HashMap;
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

    /**
     * What differs from earlier counters: loads that are others now, {@link Load#NONE} where there is none any more, and of
     * rotations the turns and the marks that are others.
     */
    public Counters since(Counters earlier) {
        Map<RecordId, Load> changedLoads = changed(loads, earlier.loads);
        earlier.loads.keySet().stream()
                .filter(partner -> !loads.containsKey(partner))
                .forEach(partner -> changedLoads.put(partner, Load.NONE));
        Map<String, Rotation> changedRotations = new HashMap<>();
        rotations.forEach((name, rotation) -> {
            Rotation before = earlier.rotation(name);
            if (!rotation.equals(before)) {
                changedRotations.put(name, new Rotation(rotation.turns(), changed(rotation.marks(), before.marks())));
            }
        });
        return new Counters(changedLoads, changedRotations);
    }

    private static <K, V> Map<K, V> changed(Map<K, V> now, Map<K, V> before) {
        Map<K, V> changed = new HashMap<>();
        now.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                changed.put(key, value);
            }
        });
        return changed;
    }

    /** These counters with what differs, as {@link #since} tells it: a decision sees the same in both. */
    public Counters with(Counters changes) {
        Map<String, Rotation> after = new HashMap<>();
        changes.rotations.forEach((name, change) -> after.put(
                name,
                new Rotation(
                        change.turns(), Patched.copyOf(rotation(name).marks()).with(change.marks()))));
        return new Counters(
                Patched.copyOf(loads).with(changes.loads),
                Patched.copyOf(rotations).with(after));
    }

    /** How many loads and marks there are. */
    public int size() {
        return loads.size()
                + rotations.values().stream()
                        .mapToInt(rotation -> rotation.marks().size())
                        .sum();
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
