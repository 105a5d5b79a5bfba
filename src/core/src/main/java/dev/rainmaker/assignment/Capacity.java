package dev.rainmaker.assignment;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much a partner may get.
 *
 * @param maxOpen most open leads where the partner itself states no number, null for no limit
 * @param perWindow most leads per calendar window
 * @param coolDown least time between two leads, zero for none
 */
public record Capacity(@Nullable Integer maxOpen, Map<Window, Integer> perWindow, Duration coolDown) {

    /** Only what partners state themselves. */
    public static final Capacity AS_STATED = new Capacity(null, Map.of(), Duration.ZERO);

    public Capacity {
        Map<Window, Integer> sorted = new EnumMap<>(Window.class);
        sorted.putAll(perWindow);
        perWindow = Collections.unmodifiableMap(sorted);
        if (maxOpen != null && maxOpen < 0) {
            throw new IllegalArgumentException("maxOpen must not be negative: " + maxOpen);
        }
        if (coolDown.isNegative()) {
            throw new IllegalArgumentException("coolDown must not be negative: " + coolDown);
        }
    }

    /** Whether it also bounds partners that state no limit of their own. */
    boolean boundsEverybody() {
        return maxOpen != null || !perWindow.isEmpty() || !coolDown.isZero();
    }
}
