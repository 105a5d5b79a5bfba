package dev.rainmaker.connector;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the mappings need of a stream.
 *
 * @param reads paths of the fields that are read
 * @param writes fields that are written, each with the type it should have in words ({@code Lookup(Account)})
 */
public record StreamNeed(String stream, Set<String> reads, Map<String, String> writes) {

    public StreamNeed {
        reads = java.util.Collections.unmodifiableSet(new TreeSet<>(reads));
        writes = java.util.Collections.unmodifiableMap(new TreeMap<>(writes));
    }
}
