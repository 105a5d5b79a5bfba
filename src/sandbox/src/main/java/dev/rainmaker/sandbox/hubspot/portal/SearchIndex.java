package dev.rainmaker.sandbox.hubspot.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What search sees: each record as it stood a while ago. With a lag, every single change becomes visible after a time between
 * none and the lag, so that later changes may be seen before earlier ones, but no record ever goes back.
 */
final class SearchIndex {

    private record Waiting(Instant visible, CrmRecord record) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return visible.compareTo(other.visible);
        }
    }

    private final Map<ObjectKind, ConcurrentSkipListMap<Long, CrmRecord>> seen = new EnumMap<>(ObjectKind.class);
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final Random random = new Random(7);

    SearchIndex() {
        for (ObjectKind kind : ObjectKind.values()) {
            seen.put(kind, new ConcurrentSkipListMap<>());
        }
    }

    /**
     * Takes in changes.
     *
     * @param scattered whether each waits for a random part of the lag and not for all of it
     */
    synchronized void add(Collection<CrmRecord> changed, Instant now, Duration lag, boolean scattered) {
        for (CrmRecord record : changed) {
            if (lag.isZero()) {
                show(record);
            } else {
                long millis = scattered ? (long) (random.nextDouble() * lag.toMillis()) : lag.toMillis();
                waiting.add(new Waiting(now.plusMillis(millis), record));
            }
        }
    }

    private void show(CrmRecord record) {
        ConcurrentSkipListMap<Long, CrmRecord> records = table(record.kind());
        CrmRecord before = records.get(record.id());
        if (before == null || before.revision() < record.revision()) {
            records.put(record.id(), record);
        }
    }

    private ConcurrentSkipListMap<Long, CrmRecord> table(ObjectKind kind) {
        return seen.computeIfAbsent(kind, key -> new ConcurrentSkipListMap<>());
    }

    /** The records of the kind as far as search sees them now, by id, without archived ones. */
    synchronized List<CrmRecord> look(ObjectKind kind, Instant now) {
        while (!waiting.isEmpty() && !waiting.peek().visible().isAfter(now)) {
            show(waiting.remove().record());
        }
        return table(kind).values().stream()
                .filter(record -> !record.archived())
                .toList();
    }
}
