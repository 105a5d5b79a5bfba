package dev.rainmaker.sandbox.hubspot.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.state.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stood after one change.
 *
 * @param revision counts the record's changes
 * @param history of each property, the latest value first; an empty value was cleared
 */
public record CrmRecord(
        ObjectKind kind,
        long id,
        long revision,
        Map<String, List<Version>> history,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt) {

    private static final int VERSIONS_KEPT = 20;

    /** One value of a property and where it came from. */
    public record Version(String value, Instant at, String source, String sourceId) {}

    static CrmRecord create(ObjectKind kind, long id, Instant at) {
        return new CrmRecord(kind, id, 0, Map.of(), at, at, null);
    }

    public boolean archived() {
        return archivedAt != null;
    }

    /** The value, or the empty text if there is none. */
    public String text(String property) {
        List<Version> versions = history.get(property);
        return versions == null ? "" : versions.get(0).value();
    }

    /** The same with values changed; the property of the last change is left to the caller. */
    CrmRecord with(Map<String, String> values, Instant at, Source source) {
        Map<String, List<Version>> changed = new TreeMap<>(history);
        values.forEach((name, value) -> {
            List<Version> versions = new ArrayList<>();
            versions.add(new Version(value, at, source.type(), source.id()));
            List<Version> before = history.getOrDefault(name, List.of());
            versions.addAll(before.subList(0, Math.min(before.size(), VERSIONS_KEPT - 1)));
            changed.put(name, List.copyOf(versions));
        });
        return new CrmRecord(kind, id, revision + 1, changed, createdAt, at, archivedAt);
    }

    CrmRecord archivedAt(@Nullable Instant at, Instant now) {
        return new CrmRecord(kind, id, revision + 1, history, createdAt, now, at);
    }

    CrmRecord createdAt(Instant at) {
        return new CrmRecord(kind, id, revision, history, at, updatedAt, archivedAt);
    }

    ObjectNode json() {
        ObjectNode json = Shelf.object();
        json.put("revision", revision)
                .put("created", createdAt.toString())
                .put("updated", updatedAt.toString())
                .put("archived", archivedAt == null ? null : archivedAt.toString());
        ObjectNode properties = json.putObject("properties");
        history.forEach((name, versions) -> {
            ArrayNode array = properties.putArray(name);
            versions.forEach(version -> array.addArray()
                    .add(version.value())
                    .add(version.at().toString())
                    .add(version.source())
                    .add(version.sourceId()));
        });
        return json;
    }

    static CrmRecord read(ObjectKind kind, long id, JsonNode json) {
        Map<String, List<Version>> history = new TreeMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> it = json.path("properties").fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> property = it.next();
            List<Version> versions = new ArrayList<>();
            for (JsonNode version : property.getValue()) {
                versions.add(new Version(
                        version.path(0).asText(),
                        Instant.parse(version.path(1).asText()),
                        version.path(2).asText(),
                        version.path(3).asText()));
            }
            history.put(property.getKey(), List.copyOf(versions));
        }
        JsonNode archived = json.path("archived");
        return new CrmRecord(
                kind,
                id,
                json.path("revision").asLong(),
                history,
                Instant.parse(json.path("created").asText()),
                Instant.parse(json.path("updated").asText()),
                archived.isTextual() ? Instant.parse(archived.asText()) : null);
    }
}
