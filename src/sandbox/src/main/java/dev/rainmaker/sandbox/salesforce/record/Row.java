package dev.rainmaker.sandbox.salesforce.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One state of one record; a change makes a new row, so a reader's row never changes under it. */
public final class Row {

    /** The order of replication: by server stamp, ties by id. */
    public static final Comparator<Row> BY_STAMP =
            Comparator.comparing(Row::stamp).thenComparing(Row::id);

    private final ObjectType type;
    private final @Nullable Object[] values;

    Row(ObjectType type, @Nullable Object[] values) {
        this.type = type;
        this.values = values;
    }

    public ObjectType type() {
        return type;
    }

    /** 18 characters. */
    public String id() {
        return (String) Objects.requireNonNull(values[ObjectType.ID]);
    }

    /** The SystemModstamp. */
    public Instant stamp() {
        return (Instant) Objects.requireNonNull(values[ObjectType.SYSTEM_MODSTAMP]);
    }

    public boolean deleted() {
        return Boolean.TRUE.equals(values[ObjectType.IS_DELETED]);
    }

    /** String, BigDecimal, Boolean, LocalDate or Instant; null where empty. */
    public @Nullable Object value(Field field) {
        return at(field.index());
    }

    /** The value of a field that the object always has. */
    public @Nullable Object value(String fieldName) {
        return value(type.required(fieldName));
    }

    /** The value as text, empty where there is none. */
    public String text(String fieldName) {
        Object value = value(fieldName);
        return value == null ? "" : value.toString();
    }

    /** What people call the record. */
    public String displayName() {
        Object name = value(type.nameField());
        return name == null ? id() : name.toString();
    }

    @Nullable
    Object at(int index) {
        // A field added after this row was written has no place in it yet.
        return index < values.length ? values[index] : null;
    }

    @Nullable
    Object[] copyOfValues() {
        return Arrays.copyOf(values, Math.max(values.length, type.width()));
    }

    @Override
    public String toString() {
        return type.name() + " " + id();
    }
}
