package dev.rainmaker.sandbox.salesforce.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object of the org: Lead, Account, a custom object. Fields can be added and hidden while it is read; every change
 * gives a new list, so readers see one or the other.
 */
public final class ObjectType {

    /** Where the fields that every object has stand in a {@link Row}. */
    static final int ID = 0;

    static final int IS_DELETED = 1;
    static final int CREATED_DATE = 2;
    static final int CREATED_BY = 3;
    static final int LAST_MODIFIED_DATE = 4;
    static final int LAST_MODIFIED_BY = 5;
    static final int SYSTEM_MODSTAMP = 6;

    private final String name;
    private final String prefix;
    private final String label;
    private final String pluralLabel;
    private volatile List<Field> fields = List.of();
    private volatile Map<String, Field> byName = Map.of();
    private volatile Map<String, Field> byRelationship = Map.of();
    private volatile Set<String> hidden = Set.of();

    ObjectType(String name, String prefix, String label, String pluralLabel) {
        this.name = name;
        this.prefix = prefix;
        this.label = label;
        this.pluralLabel = pluralLabel;
    }

    public String name() {
        return name;
    }

    /** The first three characters of its records' ids. */
    public String prefix() {
        return prefix;
    }

    public String label() {
        return label;
    }

    public String pluralLabel() {
        return pluralLabel;
    }

    public boolean custom() {
        return name.endsWith("__c");
    }

    /** All fields in describe order, without those hidden. */
    public List<Field> fields() {
        Set<String> left = hidden;
        return left.isEmpty()
                ? fields
                : fields.stream().filter(f -> !left.contains(f.name())).toList();
    }

    List<Field> allFields() {
        return fields;
    }

    int width() {
        return fields.size();
    }

    /** A visible field by its name in any case. */
    public Optional<Field> field(String fieldName) {
        return Optional.ofNullable(byName.get(fieldName.toLowerCase(Locale.ROOT)))
                .filter(f -> !hidden.contains(f.name()));
    }

    /** A field that this org always has. */
    public Field required(String fieldName) {
        Field found = byName.get(fieldName.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new IllegalArgumentException(name + " has no field " + fieldName);
        }
        return found;
    }

    /** The lookup that a relationship name such as {@code Owner} or {@code Partner__r} follows. */
    public Optional<Field> relationship(String relationshipName) {
        return Optional.ofNullable(byRelationship.get(relationshipName.toLowerCase(Locale.ROOT)))
                .filter(f -> !hidden.contains(f.name()));
    }

    /** The field whose value names the record for people; a text field, or Id where there is none. */
    public Field nameField() {
        Field named = byName.get("name");
        if (named == null) {
            named = byName.get("number__c");
        }
        return named == null ? required("Id") : named;
    }

    synchronized void add(Field field) {
        if (field.index() != fields.size()) {
            throw new IllegalArgumentException(name + "." + field.name() + " has the wrong index");
        }
        List<Field> newFields = new ArrayList<>(fields);
        newFields.add(field);
        Map<String, Field> newNames = new HashMap<>(byName);
        if (newNames.put(field.name().toLowerCase(Locale.ROOT), field) != null) {
            throw new IllegalArgumentException(name + "." + field.name() + " is defined twice");
        }
        Map<String, Field> newRelationships = new HashMap<>(byRelationship);
        @Nullable String relationship = field.relationship();
        if (relationship != null) {
            newRelationships.put(relationship.toLowerCase(Locale.ROOT), field);
        }
        fields = List.copyOf(newFields);
        byName = Map.copyOf(newNames);
        byRelationship = Map.copyOf(newRelationships);
    }

    synchronized void hide(String fieldName, boolean hide) {
        Set<String> names = new HashSet<>(hidden);
        if (hide) {
            names.add(required(fieldName).name());
        } else {
            names.remove(required(fieldName).name());
        }
        hidden = Set.copyOf(names);
    }

    @Override
    public String toString() {
        return name;
    }
}
