package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.StreamDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object as the org describes it to this connection's user: fields that the user may not see are absent. */
record ObjectSchema(String name, String label, boolean queryable, boolean updateable, Map<String, Field> fields) {

    /**
     * A field of it.
     *
     * @param relationship how a path goes through this lookup ({@code Owner}), empty where it is none
     * @param targets objects that this lookup leads to
     */
    record Field(
            String name,
            String label,
            String type,
            int length,
            boolean updateable,
            boolean custom,
            String relationship,
            List<String> targets) {}

    static ObjectSchema of(JsonNode description) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (JsonNode field : description.path("fields")) {
            List<String> targets = new ArrayList<>();
            field.path("referenceTo").forEach(target -> targets.add(target.asText()));
            String name = field.path("name").asText();
            fields.put(
                    key(name),
                    new Field(
                            name,
                            field.path("label").asText(name),
                            field.path("type").asText(),
                            field.path("length").asInt(),
                            field.path("updateable").asBoolean(),
                            field.path("custom").asBoolean(),
                            field.path("relationshipName").asText(""),
                            List.copyOf(targets)));
        }
        String name = description.path("name").asText();
        return new ObjectSchema(
                name,
                description.path("label").asText(name),
                description.path("queryable").asBoolean(true),
                description.path("updateable").asBoolean(true),
                fields);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Nullable
    Field find(String name) {
        return fields.get(key(name));
    }

    /** The lookup that a path's first step goes through. */
    @Nullable
    Field findRelationship(String step) {
        return fields.values().stream()
                .filter(field -> field.relationship().equalsIgnoreCase(step))
                .findFirst()
                .orElse(null);
    }

    StreamDescription described() {
        return new StreamDescription(
                name,
                label,
                fields.values().stream()
                        .map(field -> new StreamDescription.Field(
                                field.name(), field.label(), inWords(field), field.updateable(), field.custom()))
                        .toList());
    }

    /** A type as an admin would say it: {@code Lookup(Account)}, {@code Text(255)}. */
    static String inWords(Field field) {
        return switch (field.type()) {
            case "reference" -> "Lookup(" + String.join(", ", field.targets()) + ")";
            case "string" -> "Text(" + field.length() + ")";
            case "textarea" -> "Text Area(" + field.length() + ")";
            case "double", "int", "long" -> "Number";
            case "datetime" -> "Date/Time";
            case "boolean" -> "Checkbox";
            case "multipicklist" -> "Picklist (Multi-Select)";
            case "" -> "unknown";
            default ->
                field.type().substring(0, 1).toUpperCase(Locale.ROOT)
                        + field.type().substring(1);
        };
    }
}
