package dev.rainmaker.sandbox.salesforce.record;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The records of one object, by id, by stamp, and by each unique field. Guarded by the org's lock. */
final class Table {

    private final ObjectType type;
    private final Map<String, Row> byId = new HashMap<>();
    private final NavigableSet<Row> byStamp = new TreeSet<>(Row.BY_STAMP);
    private final Map<Integer, Map<String, String>> uniques = new HashMap<>();
    private long lastNumber;

    Table(ObjectType type) {
        this.type = type;
        type.allFields().stream()
                .filter(field -> field.is(Field.Flag.UNIQUE) || field.is(Field.Flag.EXTERNALID))
                .forEach(field -> uniques.put(field.index(), new HashMap<>()));
    }

    Optional<Row> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The live record with this value of a unique field. */
    Optional<Row> findBy(Field field, Object value) {
        Map<String, String> index = uniques.get(field.index());
        String id = index == null ? null : index.get(key(value));
        return id == null ? Optional.empty() : find(id);
    }

    boolean indexes(Field field) {
        return uniques.containsKey(field.index());
    }

    int size() {
        return byId.size();
    }

    Collection<Row> all() {
        return byStamp;
    }

    /** Records after a place in the order of replication. */
    Collection<Row> after(Instant stamp, String id) {
        @Nullable Object[] probe = new @Nullable Object[ObjectType.SYSTEM_MODSTAMP + 1];
        probe[ObjectType.ID] = id;
        probe[ObjectType.SYSTEM_MODSTAMP] = stamp;
        return byStamp.tailSet(new Row(type, probe), false);
    }

    /** Replaces the record's state; null takes the record away as if it had never been. */
    @Nullable
    Row replace(String id, @Nullable Row row) {
        Row old = row == null ? byId.remove(id) : byId.put(id, row);
        if (old != null) {
            byStamp.remove(old);
            index(old, false);
        }
        if (row != null) {
            byStamp.add(row);
            index(row, true);
        }
        return old;
    }

    private void index(Row row, boolean add) {
        if (row.deleted()) {
            return;
        }
        for (Map.Entry<Integer, Map<String, String>> index : uniques.entrySet()) {
            Object value = row.at(index.getKey());
            if (value != null && add) {
                index.getValue().put(key(value), row.id());
            } else if (value != null) {
                index.getValue().remove(key(value), row.id());
            }
        }
    }

    String nextId(String instance) {
        String id;
        do {
            lastNumber++;
            id = SalesforceId.of(type.prefix(), instance, lastNumber);
        } while (byId.containsKey(id));
        return id;
    }

    /** So that ids are not searched for from 1 after a restart. */
    void numbersUsed(long count) {
        lastNumber = Math.max(lastNumber, count);
    }

    private static String key(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
