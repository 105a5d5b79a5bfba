package dev.rainmaker.assignment;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a partner carries now, read under the lock of the decision's transaction.
 *
 * @param open leads assigned to it that are pending or accepted and not yet at an end
 * @param given leads assigned to it since the start of each window (see {@link Window#start}); absent means none
 * @param lastGiven when it last got one, null for never
 */
public record Load(
        int open, Map<Window, Integer> given, @Nullable Instant lastGiven) {

    public static final Load NONE = new Load(0, Map.of(), null);

    public Load {
        if (open < 0) {
            throw new IllegalArgumentException("open leads must not be negative: " + open);
        }
        Map<Window, Integer> sorted = new EnumMap<>(Window.class);
        sorted.putAll(given);
        given = Collections.unmodifiableMap(sorted);
    }

    public static Load open(int open) {
        return new Load(open, Map.of(), null);
    }

    int given(Window window) {
        return given.getOrDefault(window, 0);
    }

    /** This load after one more lead at {@code now}. */
    public Load plusOne(Instant now) {
        Map<Window, Integer> more = new EnumMap<>(Window.class);
        for (Window window : Window.values()) {
            more.put(window, given(window) + 1);
        }
        return new Load(open + 1, more, now);
    }
}
