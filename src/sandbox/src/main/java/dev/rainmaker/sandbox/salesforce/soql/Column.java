package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path resolved against the org's fields.
 *
 * @param lookups the references followed, none for a field of the object itself
 * @param last the field at the end; of a polymorphic owner the User's field of that name
 */
record Column(Org org, List<Field> lookups, Field last) {

    /** What {@code Owner.} offers where the owner may be a user or a queue. */
    static final List<String> POLYMORPHIC_FIELDS = List.of(
            "Id", "Name", "Type", "FirstName", "LastName", "Email", "IsActive", "Username", "Alias", "Phone", "Title");

    Column {
        lookups = List.copyOf(lookups);
    }

    FieldType type() {
        return last.type();
    }

    boolean direct() {
        return lookups.isEmpty();
    }

    boolean is(String fieldName) {
        return direct() && last.name().equals(fieldName);
    }

    @Nullable
    Object of(Row row) {
        Row at = row;
        for (Field lookup : lookups) {
            Row target = follow(org, at, lookup).orElse(null);
            if (target == null) {
                return null;
            }
            at = target;
        }
        return lookups.isEmpty() ? at.value(last) : read(at, last, lookups.get(lookups.size() - 1));
    }

    static Optional<Row> follow(Org org, Row row, Field lookup) {
        Object id = row.value(lookup);
        return id == null ? Optional.empty() : org.find(id.toString());
    }

    /** A field of a looked-up record, which for a polymorphic lookup may be of any of its objects. */
    static @Nullable Object read(Row target, Field field, Field lookup) {
        if (!lookup.polymorphic()) {
            return target.value(field);
        }
        return field.name().equals("Type")
                ? target.type().name()
                : target.type().field(field.name()).map(target::value).orElse(null);
    }
}
