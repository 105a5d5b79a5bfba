package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.hubspot.portal.AssociationType;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes records as the API answers them.
 *
 * @param properties asked for; none asks for the usual ones
 * @param histories asked for
 * @param associations kinds whose links are asked for
 */
record RecordJson(Portal portal, List<String> properties, List<String> histories, List<ObjectKind> associations) {

    RecordJson {
        properties = List.copyOf(properties);
        histories = List.copyOf(histories);
        associations = List.copyOf(associations);
    }

    static RecordJson usual(Portal portal) {
        return new RecordJson(portal, List.of(), List.of(), List.of());
    }

    ObjectNode of(CrmRecord record) {
        ObjectNode json = ApiJson.object();
        json.put("id", String.valueOf(record.id()));
        ObjectNode values = json.putObject("properties");
        ObjectKind kind = record.kind();
        Set<String> names =
                new LinkedHashSet<>(List.of(kind.createdProperty(), "hs_object_id", kind.modifiedProperty()));
        names.addAll(properties.isEmpty() ? kind.usualProperties() : properties);
        for (String name : names) {
            if (portal.properties().find(kind, name).isPresent()) {
                String value = record.text(name);
                values.put(name, value.isEmpty() ? null : value);
            }
        }
        if (!histories.isEmpty()) {
            history(json.putObject("propertiesWithHistory"), record);
        }
        json.put("createdAt", PropertyValue.time(record.createdAt()));
        json.put("updatedAt", PropertyValue.time(record.updatedAt()));
        json.put("archived", record.archived());
        if (record.archivedAt() != null) {
            json.put("archivedAt", PropertyValue.time(record.archivedAt()));
        }
        associations(json, record);
        return json;
    }

    private void history(ObjectNode json, CrmRecord record) {
        for (String name : histories) {
            ArrayNode versions = json.putArray(name);
            record.history()
                    .getOrDefault(name, List.of())
                    .forEach(version -> versions.addObject()
                            .put("value", version.value())
                            .put("timestamp", PropertyValue.time(version.at()))
                            .put("sourceType", version.source())
                            .put("sourceId", version.sourceId()));
        }
    }

    private void associations(ObjectNode json, CrmRecord record) {
        ObjectNode all = ApiJson.object();
        for (ObjectKind to : associations) {
            ArrayNode results = ApiJson.array();
            portal.links(record.kind(), record.id(), to)
                    .forEach((id, types) -> types.forEach(type ->
                            results.addObject().put("id", String.valueOf(id)).put("type", legacyName(type))));
            if (!results.isEmpty()) {
                all.putObject(to.plural()).set("results", results);
            }
        }
        if (!all.isEmpty()) {
            json.set("associations", all);
        }
    }

    /** The name that types had before labels: contact_to_company, and with a label contact_to_company_primary. */
    static String legacyName(AssociationType type) {
        String plain = type.from().singular() + "_to_" + type.to().singular();
        return type.plain()
                ? plain
                : plain + "_" + type.label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }
}
