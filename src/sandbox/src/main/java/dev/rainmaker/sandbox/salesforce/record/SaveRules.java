package dev.rainmaker.sandbox.salesforce.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.salesforce.record.Field.Flag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the org checks and sets on every save, in the vendor's words. */
final class SaveRules {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");

    private final Transaction transaction;
    private final Actor actor;
    private final ObjectType type;

    SaveRules(Transaction transaction, ObjectType type) {
        this.transaction = transaction;
        this.actor = transaction.actor();
        this.type = type;
    }

    Row create(Map<String, JsonNode> sent) throws Refused, FieldValue.WrongType {
        @Nullable Object[] values = new @Nullable Object[type.width()];
        for (Field field : type.fields()) {
            String text = field.defaultValue();
            if (text != null) {
                values[field.index()] = FieldValue.fromJson(field, TextNode.valueOf(text));
            }
        }
        if (type.field("OwnerId").isPresent()) {
            values[type.required("OwnerId").index()] = actor.userId();
        }
        values[ObjectType.CREATED_DATE] = transaction.stamp();
        values[ObjectType.CREATED_BY] = actor.userId();
        stamp(values);
        List<Field> changed = assign(values, sent, true);
        if (values[ObjectType.ID] == null) {
            values[ObjectType.ID] = transaction.org().table(type).nextId(SalesforceOrgId.INSTANCE);
        } else if (transaction.find(values[ObjectType.ID].toString()).isPresent()) {
            throw new Refused(
                    "DUPLICATE_VALUE", "a record with this id exists: " + values[ObjectType.ID], List.of("Id"));
        }
        return finish(values, changed, null);
    }

    Row update(Row before, Map<String, JsonNode> sent) throws Refused, FieldValue.WrongType {
        if (type.name().equals("Lead") && Boolean.TRUE.equals(before.value("IsConverted")) && !actor.loads()) {
            throw new Refused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        }
        @Nullable Object[] values = before.copyOfValues();
        stamp(values);
        return finish(values, assign(values, sent, false), before);
    }

    Row force(Row before, Map<String, JsonNode> sent) throws Refused, FieldValue.WrongType {
        @Nullable Object[] values = before.copyOfValues();
        stamp(values);
        for (Map.Entry<String, JsonNode> entry : sent.entrySet()) {
            Field field = type.required(entry.getKey());
            values[field.index()] = FieldValue.fromJson(field, entry.getValue());
        }
        return new Row(type, values);
    }

    private void stamp(@Nullable Object[] values) {
        values[ObjectType.LAST_MODIFIED_DATE] = transaction.stamp();
        values[ObjectType.LAST_MODIFIED_BY] = actor.userId();
        values[ObjectType.SYSTEM_MODSTAMP] = transaction.stamp();
    }

    private List<Field> assign(@Nullable Object[] values, Map<String, JsonNode> sent, boolean creating)
            throws Refused, FieldValue.WrongType {
        List<Field> changed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : sent.entrySet()) {
            if (entry.getKey().equalsIgnoreCase("attributes")) {
                continue;
            }
            Field field = type.field(entry.getKey())
                    .orElseThrow(() -> new Refused(
                            "INVALID_FIELD", "No such column '" + entry.getKey() + "' on sobject of type " + type));
            if (!actor.loads() && (field.is(Flag.READONLY) || field.is(Flag.CREATEONLY) && !creating)) {
                throw new Refused(
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "Unable to create/update fields: " + field.name()
                                + ". Please check the security settings of this field and verify that it is read/write"
                                + " for your profile or permission set.",
                        List.of(field.name()));
            }
            Object value = FieldValue.fromJson(field, entry.getValue());
            if (value == null && field.type() == FieldType.BOOLEAN) {
                value = Boolean.FALSE;
            }
            if (value == null && actor.loads()) {
                // An empty cell says nothing, so what a new record starts with stays.
                continue;
            }
            if (!Objects.equals(value, values[field.index()])) {
                values[field.index()] = value;
                changed.add(field);
            }
        }
        return changed;
    }

    private Row finish(@Nullable Object[] values, List<Field> changed, @Nullable Row before) throws Refused {
        checkRequired(values);
        for (Field field : changed) {
            Object value = values[field.index()];
            if (value != null) {
                checkValue(
                        field,
                        value,
                        Objects.requireNonNull(values[ObjectType.ID]).toString());
            }
        }
        if (actor.autoAssign() && type.name().equals("Lead")) {
            values[type.required("OwnerId").index()] = SalesforceOrgId.LEAD_QUEUE;
        }
        DerivedFields.set(type, values, changed, before == null, transaction.stamp());
        return new Row(type, values);
    }

    private void checkRequired(@Nullable Object[] values) throws Refused {
        List<String> missing = new ArrayList<>();
        for (Field field : type.fields()) {
            if (values[field.index()] == null && field.is(Flag.REQUIRED)) {
                missing.add(field.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new Refused(
                    "REQUIRED_FIELD_MISSING",
                    "Required fields are missing: [" + String.join(", ", missing) + "]",
                    missing);
        }
    }

    private void checkValue(Field field, Object value, String id) throws Refused {
        switch (field.type()) {
            case REFERENCE -> checkReference(field, value.toString());
            case EMAIL -> {
                if (!EMAIL.matcher(value.toString()).matches()) {
                    throw new Refused(
                            "INVALID_EMAIL_ADDRESS",
                            field.label() + ": invalid email address: " + value,
                            List.of(field.name()));
                }
            }
            case PICKLIST, MULTIPICKLIST -> checkPicklist(field, value.toString());
            default -> {
                // Shape and size were checked when the value was read.
            }
        }
        if (field.is(Flag.UNIQUE)) {
            Row other = transaction.findBy(type, field, value).orElse(null);
            if (other != null && !other.id().equals(id)) {
                throw new Refused(
                        "DUPLICATE_VALUE",
                        "duplicate value found: " + field.name() + " duplicates value on record with id: " + other.id(),
                        List.of(field.name()));
            }
        }
    }

    private static void checkPicklist(Field field, String value) throws Refused {
        if (field.is(Flag.RESTRICTED) && !Arrays.stream(value.split(";")).allMatch(field.values()::contains)) {
            throw new Refused(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    field.label() + ": bad value for restricted picklist field: " + value,
                    List.of(field.name()));
        }
    }

    private void checkReference(Field field, String id) throws Refused {
        if (actor.loads()) {
            return;
        }
        ObjectType target = transaction.org().schema().objectOf(id).orElse(null);
        if (target == null || !field.references().contains(target.name())) {
            throw new Refused(
                    "FIELD_INTEGRITY_EXCEPTION",
                    field.label() + ": id value of incorrect type: " + id,
                    List.of(field.name()));
        }
        Row row = transaction.find(id).orElse(null);
        if (row == null) {
            throw new Refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", List.of(field.name()));
        }
        if (row.deleted()) {
            throw new Refused("ENTITY_IS_DELETED", "entity is deleted", List.of(field.name()));
        }
        if (field.name().equals("OwnerId") && Boolean.FALSE.equals(isActive(row))) {
            throw new Refused(
                    "INACTIVE_OWNER_OR_USER",
                    "operation performed with inactive user [" + id + "]",
                    List.of("OwnerId"));
        }
    }

    private static @Nullable Object isActive(Row row) {
        return row.type().field("IsActive").map(row::value).orElse(null);
    }
}
