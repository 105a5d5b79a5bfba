package dev.rainmaker.sandbox.hubspot.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.state.Shelf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A property of a kind of object.
 *
 * @param type string, number, enumeration, bool, date or datetime
 * @param options of an enumeration, value and label
 * @param unique whether no two records may have the same value
 * @param readOnly whether only the portal itself sets it
 * @param archivedAt when it was taken away; null while it is there
 */
public record PropertyDefinition(
        ObjectKind kind,
        String name,
        String label,
        String description,
        String group,
        String type,
        String fieldType,
        List<Option> options,
        boolean unique,
        boolean readOnly,
        boolean ownDefinition,
        String createdAt,
        @Nullable String archivedAt) {

    /** One choice. */
    public record Option(String value, String label) {}

    public PropertyDefinition {
        options = List.copyOf(options);
    }

    /** Whether the portal takes any value although it is an enumeration. */
    boolean openOptions() {
        return name.equals("hubspot_owner_id") || name.equals("pipeline") || name.equals("hs_pipeline");
    }

    PropertyDefinition archived(@Nullable String at) {
        return new PropertyDefinition(
                kind,
                name,
                label,
                description,
                group,
                type,
                fieldType,
                options,
                unique,
                readOnly,
                ownDefinition,
                createdAt,
                at);
    }

    /** As the API answers it. */
    public ObjectNode json() {
        ObjectNode json = Shelf.object();
        json.put("updatedAt", createdAt)
                .put("createdAt", createdAt)
                .put("name", name)
                .put("label", label)
                .put("type", type)
                .put("fieldType", fieldType)
                .put("description", description)
                .put("groupName", group);
        ArrayNode all = json.putArray("options");
        for (int i = 0; i < options.size(); i++) {
            all.addObject()
                    .put("label", options.get(i).label())
                    .put("value", options.get(i).value())
                    .put("displayOrder", i)
                    .put("hidden", false);
        }
        json.put("displayOrder", -1)
                .put("calculated", false)
                .put("externalOptions", name.equals("hubspot_owner_id"))
                .put("archived", archivedAt != null)
                .put("hasUniqueValue", unique)
                .put("hidden", false)
                .put("formField", !readOnly);
        if (archivedAt != null) {
            json.put("archivedAt", archivedAt);
        }
        if (!ownDefinition) {
            json.put("hubspotDefined", true);
        }
        json.putObject("modificationMetadata")
                .put("archivable", ownDefinition)
                .put("readOnlyDefinition", !ownDefinition)
                .put("readOnlyOptions", !ownDefinition)
                .put("readOnlyValue", readOnly);
        return json;
    }

    static PropertyDefinition read(ObjectKind kind, JsonNode json) {
        List<Option> options = new ArrayList<>();
        json.path("options")
                .forEach(option -> options.add(new Option(
                        option.path("value").asText(), option.path("label").asText())));
        return new PropertyDefinition(
                kind,
                json.path("name").asText(),
                json.path("label").asText(),
                json.path("description").asText(""),
                json.path("groupName").asText(),
                json.path("type").asText(),
                json.path("fieldType").asText(),
                options,
                json.path("hasUniqueValue").asBoolean(),
                json.path("modificationMetadata").path("readOnlyValue").asBoolean(),
                !json.path("hubspotDefined").asBoolean(),
                json.path("createdAt").asText(),
                json.has("archivedAt") ? json.get("archivedAt").asText() : null);
    }
}
