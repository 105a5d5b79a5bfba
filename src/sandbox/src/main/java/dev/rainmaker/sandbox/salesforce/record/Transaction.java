package dev.rainmaker.sandbox.salesforce.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes that become visible together. Each record is saved whole or not at all. Used by one thread, inside {@link Org#write}. */
public final class Transaction {

    /** One record's change. */
    record Change(@Nullable Row before, Row after) {}

    private final Org org;
    private Actor actor;
    private final Instant stamp;
    private final List<Change> changes = new ArrayList<>();
    private List<Row> held = List.of();

    Transaction(Org org, Actor actor, Instant stamp) {
        this.org = org;
        this.actor = actor;
        this.stamp = stamp;
    }

    Org org() {
        return org;
    }

    Actor actor() {
        return actor;
    }

    /** Goes on as another actor; returns the one before. */
    Actor as(Actor next) {
        Actor before = actor;
        actor = next;
        return before;
    }

    Instant stamp() {
        return stamp;
    }

    List<Change> changes() {
        return changes;
    }

    /** How many changes there are so far: a place to return to with {@link #undoTo}. */
    public int mark() {
        return changes.size();
    }

    /** Takes back all changes after the mark. */
    public void undoTo(int mark) {
        for (int i = changes.size() - 1; i >= mark; i--) {
            Change change = changes.remove(i);
            org.table(change.after().type()).replace(change.after().id(), change.before());
        }
    }

    /** The record as this transaction sees it, deleted ones too. */
    public Optional<Row> find(String id) {
        org.settle(id);
        return org.schema().objectOf(id).flatMap(type -> org.table(type).find(id));
    }

    /** The live record with this value of a unique field. */
    public Optional<Row> findBy(ObjectType type, Field field, Object value) {
        return org.table(type).findBy(field, value);
    }

    /**
     * Makes a record.
     *
     * @param sent field names and values as sent; only a load may name its id and set system fields
     */
    public Row create(ObjectType type, Map<String, JsonNode> sent) throws Refused, FieldValue.WrongType {
        Row row = new SaveRules(this, type).create(sent);
        put(row);
        return row;
    }

    /** Changes a record. */
    public Row update(ObjectType type, String id, Map<String, JsonNode> sent) throws Refused, FieldValue.WrongType {
        Row before = existing(type, id);
        Row row = new SaveRules(this, type).update(before, sent);
        put(row);
        return row;
    }

    /** Sets fields that only the server sets, as a conversion or a merge does. */
    public Row force(ObjectType type, String id, Map<String, JsonNode> values) throws Refused, FieldValue.WrongType {
        Row row = new SaveRules(this, type).force(existing(type, id), values);
        put(row);
        return row;
    }

    /** Puts a record into the recycle bin. */
    public void delete(ObjectType type, String id) throws Refused {
        mark(existing(type, id), true);
    }

    /** Takes a record out of the recycle bin. */
    public void undelete(ObjectType type, String id) throws Refused {
        Row row = find(id).filter(found -> found.type() == type && found.deleted())
                .orElseThrow(() -> new Refused("UNDELETE_FAILED", "entity is not in the recycle bin"));
        mark(row, false);
    }

    private void mark(Row row, boolean deleted) {
        @Nullable Object[] values = row.copyOfValues();
        values[ObjectType.IS_DELETED] = deleted;
        values[ObjectType.LAST_MODIFIED_DATE] = stamp;
        values[ObjectType.LAST_MODIFIED_BY] = actor.userId();
        values[ObjectType.SYSTEM_MODSTAMP] = stamp;
        put(new Row(row.type(), values));
    }

    private Row existing(ObjectType type, String id) throws Refused {
        Row row = find(id).orElse(null);
        if (row == null || row.type() != type) {
            throw new Refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        if (row.deleted()) {
            throw new Refused("ENTITY_IS_DELETED", "entity is deleted");
        }
        return row;
    }

    void put(Row row) {
        changes.add(new Change(org.table(row.type()).replace(row.id(), row), row));
    }

    List<Row> written() {
        return changes.stream().map(Change::after).toList();
    }

    boolean touches(String object) {
        return changes.stream()
                .anyMatch(change ->
                        object.isEmpty() || change.after().type().name().equals(object));
    }

    void hold(List<Row> rows) {
        held = rows;
    }

    List<Row> release() {
        List<Row> rows = held;
        held = List.of();
        return rows;
    }
}
