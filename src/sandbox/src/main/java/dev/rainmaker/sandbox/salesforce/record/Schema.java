package dev.rainmaker.sandbox.salesforce.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The objects of the org: those of objects.txt and the custom fields added since. */
public final class Schema {

    private static final List<String> SYSTEM_FIELDS = List.of(
            "Id reference() readonly",
            "IsDeleted boolean readonly default=false",
            "CreatedDate datetime readonly",
            "CreatedById reference(User) readonly",
            "LastModifiedDate datetime readonly",
            "LastModifiedById reference(User) readonly",
            "SystemModstamp datetime readonly");

    private final Map<String, ObjectType> byName = new LinkedHashMap<>();
    private final Map<String, ObjectType> byPrefix = new LinkedHashMap<>();

    private Schema() {}

    /** The objects every org of this sandbox starts with. */
    public static Schema standard() {
        Schema schema = new Schema();
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream("objects.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(schema::readLine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schema;
    }

    private ObjectType last() {
        return List.copyOf(byName.values()).get(byName.size() - 1);
    }

    private void readLine(String line) {
        if (line.startsWith(" ")) {
            ObjectType type = last();
            type.add(FieldDefinition.parse(type.width(), line));
            return;
        }
        String[] words = line.split("\\s+");
        String[] labels = words[2].replace('_', ' ').split("/");
        ObjectType type = new ObjectType(words[0], words[1], labels[0], labels[1]);
        for (String field : SYSTEM_FIELDS) {
            type.add(asId(FieldDefinition.parse(type.width(), field)));
        }
        byName.put(type.name().toLowerCase(Locale.ROOT), type);
        byPrefix.put(type.prefix(), type);
    }

    private static Field asId(Field field) {
        if (!"Id".equals(field.name())) {
            return field;
        }
        return new Field(
                field.index(), field.name(), FieldType.ID, 18, 0, 0, List.of(), List.of(), field.flags(), null);
    }

    /** All objects in the order of objects.txt. */
    public Collection<ObjectType> objects() {
        return byName.values();
    }

    /** An object by its name in any case. */
    public Optional<ObjectType> object(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** An object that this org always has. */
    public ObjectType required(String name) {
        return object(name).orElseThrow(() -> new IllegalArgumentException("no object " + name));
    }

    /** The object that a record id belongs to. */
    public Optional<ObjectType> objectOf(String id) {
        return Optional.ofNullable(byPrefix.get(SalesforceId.prefix(id)));
    }

    /**
     * Adds a custom field as objects.txt would write it: {@code Region__c string(80)}.
     *
     * @throws IllegalArgumentException if the object has it already or the line is wrong
     */
    Field addField(ObjectType type, String definition) {
        Field field = FieldDefinition.parse(type.width(), definition);
        type.add(field);
        return field;
    }
}
