package dev.rainmaker.assignment;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map of which a successor with a few other values costs little: it shares a large base and carries a small
 * patch of what differs. A patch that outgrows the square root of its base becomes the next base, so that a long row of
 * successors costs about that root each instead of the whole map.
 */
final class Patched<K, V> extends AbstractMap<K, V> {

    private static final int LEAST = 16;

    private final Map<K, V> base;
    private final Map<K, V> patch;
    private final int size;

    private Patched(Map<K, V> base, Map<K, V> patch) {
        this.base = base;
        this.patch = patch;
        int added = 0;
        for (K key : patch.keySet()) {
            added += base.containsKey(key) ? 0 : 1;
        }
        this.size = base.size() + added;
    }

    /**
     * The same entries, unchangeable; no copy where they already are.
     *
     * @throws NullPointerException if a key or value is null
     */
    static <K, V> Patched<K, V> copyOf(Map<K, V> map) {
        if (map instanceof Patched<K, V> already) {
            return already;
        }
        Map<K, V> base = new HashMap<>(map);
        base.forEach((key, value) -> {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        });
        return new Patched<>(base, Map.of());
    }

    /** This map with other or further values. */
    Patched<K, V> with(Map<K, V> changes) {
        Map<K, V> next = new HashMap<>(patch);
        next.putAll(changes);
        if (next.size() <= LEAST || (long) next.size() * next.size() <= base.size()) {
            return new Patched<>(base, next);
        }
        Map<K, V> whole = new HashMap<>(base);
        whole.putAll(next);
        return new Patched<>(whole, Map.of());
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        V changed = patch.get(key);
        return changed == null ? base.get(key) : changed;
    }

    @Override
    public V getOrDefault(@Nullable Object key, V otherwise) {
        V value = get(key);
        return value == null ? otherwise : value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return patch.containsKey(key) || base.containsKey(key);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                Map<K, V> whole = patch.isEmpty() ? base : new HashMap<>(base);
                if (!patch.isEmpty()) {
                    whole.putAll(patch);
                }
                return Collections.unmodifiableMap(whole).entrySet().iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
