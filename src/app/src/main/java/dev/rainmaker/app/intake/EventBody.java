package dev.rainmaker.app.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.connector.PushedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pushed event is about: {@code {"id": "..."}}, {@code {"Id": "..."}} (a whole record, as a CRM flow sends it), {@code
 * {"ids": [...]}}, or an array of these. Only the ids are believed; the record itself is fetched.
 *
 * @param gone those of which the vendor said that they were deleted, and when; believed where they are not found either
 */
record EventBody(List<String> ids, Map<String, Instant> gone) {

    /** More ids than this in one event are refused: such a sender wants a sync. */
    static final int MOST_IDS = 2_000;

    private static final int LONGEST_ID = 200;

    /** Reads the ids; throws {@link IllegalArgumentException} saying what is wrong. */
    static EventBody read(byte[] body) {
        JsonNode root;
        try {
            root = FactJson.MAPPER.readTree(body);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(
                    "the body is not JSON: line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr());
        } catch (IOException impossible) {
            throw new IllegalArgumentException("the body cannot be read", impossible);
        }
        Set<String> ids = new LinkedHashSet<>();
        collect(root, ids, 0);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException(
                    "the body names no record: send {\"id\": \"...\"}, {\"ids\": [...]}, or records with an \"Id\"");
        }
        if (ids.size() > MOST_IDS) {
            throw new IllegalArgumentException(
                    "the body names " + ids.size() + " records; at most " + MOST_IDS + " fit one event");
        }
        return new EventBody(new ArrayList<>(ids), gone(root));
    }

    /** An event whose signature was checked, in the form that is stored. */
    static byte[] of(PushedEvent event) {
        ObjectNode body = FactJson.MAPPER.createObjectNode().put("id", event.recordId());
        if (event.deleted()) {
            body.put("deletedAt", event.occurredAt().toString());
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Instant> gone(JsonNode root) {
        if (!root.path("deletedAt").isTextual() || !root.path("id").isTextual()) {
            return Map.of();
        }
        try {
            return Map.of(
                    root.path("id").asText(),
                    Instant.parse(root.path("deletedAt").asText()));
        } catch (DateTimeException noTime) {
            return Map.of();
        }
    }

    private static void collect(JsonNode node, Set<String> ids, int depth) {
        if (depth > 3) {
            return;
        }
        if (node.isArray()) {
            node.forEach(each -> collect(each, ids, depth + 1));
        } else if (node.isTextual() && depth > 0) {
            add(node, ids);
        } else if (node.isObject()) {
            for (String name : List.of("id", "Id")) {
                if (node.hasNonNull(name)) {
                    add(node.get(name), ids);
                }
            }
            if (node.has("ids")) {
                collect(node.get("ids"), ids, depth + 1);
            }
        }
    }

    private static void add(JsonNode node, Set<String> ids) {
        String id = node.asText();
        if (id.isBlank() || id.length() > LONGEST_ID || !id.matches("[A-Za-z0-9_.:@-]+")) {
            throw new IllegalArgumentException("an id must be 1 to " + LONGEST_ID
                    + " letters, digits or one of _ . : @ -, which one of the given is not");
        }
        ids.add(id);
    }
}
