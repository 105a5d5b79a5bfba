package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes the JSON of a call from a message's body: a whole request as it is, a map or a list with what belongs around it. */
final class RequestBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RequestBodies() {}

    /** What a body is wrapped with, beside the body. */
    record Wishes(
            List<String> properties, List<String> propertiesWithHistory, String idProperty, int limit, String after) {}

    /** @throws IllegalArgumentException if the body is no JSON, or none that the operation takes */
    static JsonNode of(HubspotOperation operation, Object body, Wishes wishes) {
        return switch (operation.shape()) {
            case LIST, ONE, NONE -> null;
            case BODY -> object(operation, body);
            case PROPERTIES -> around(object(operation, body), false);
            case CREATE -> around(object(operation, body), true);
            case SEARCH -> search(operation, body, wishes);
            case INPUTS -> inputs(operation, body);
            case CREATE_INPUTS ->
                each(inputs(operation, body), input -> {
                    if (!input.has("associations")) {
                        input.putArray("associations");
                    }
                });
            case UPSERT_INPUTS ->
                each(inputs(operation, body), input -> {
                    if (wishes.idProperty() != null && !input.has("idProperty")) {
                        input.put("idProperty", wishes.idProperty());
                    }
                });
            case READ_INPUTS -> read(inputs(operation, body), wishes);
        };
    }

    private static ObjectNode object(HubspotOperation operation, Object body) {
        if (json(body) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("hubspot:" + operation.word() + " takes a map or a JSON object as body");
    }

    private static ObjectNode around(ObjectNode given, boolean create) {
        ObjectNode request =
                given.path("properties").isObject() ? given : NODES.objectNode().set("properties", given);
        if (create && !request.has("associations")) {
            request.putArray("associations");
        }
        return request;
    }

    /** HubSpot's description requires all five members, so all are sent. */
    private static ObjectNode search(HubspotOperation operation, Object body, Wishes wishes) {
        boolean absent = body == null || body instanceof String text && text.isBlank();
        ObjectNode request = absent ? NODES.objectNode() : object(operation, body);
        if (!request.has("filterGroups")) {
            request.putArray("filterGroups");
        }
        if (!request.has("sorts")) {
            request.putArray("sorts");
        }
        if (!request.has("properties")) {
            request.set("properties", array(wishes.properties()));
        }
        if (!request.has("limit")) {
            request.put("limit", wishes.limit());
        }
        if (!request.has("after")) {
            request.put("after", wishes.after() == null ? "0" : wishes.after());
        }
        return request;
    }

    private static ObjectNode inputs(HubspotOperation operation, Object body) {
        JsonNode given = json(body);
        if (given instanceof ObjectNode object && object.path("inputs").isArray()) {
            return object;
        }
        if (!(given instanceof ArrayNode list)) {
            throw new IllegalArgumentException(
                    "hubspot:" + operation.word() + " takes a list, or a map with \"inputs\", as body");
        }
        ObjectNode request = NODES.objectNode();
        ArrayNode inputs = request.putArray("inputs");
        for (JsonNode item : list) {
            if (item.isObject()) {
                inputs.add(item);
            } else {
                inputs.addObject().put("id", item.asText());
            }
        }
        return request;
    }

    private static ObjectNode each(ObjectNode request, java.util.function.Consumer<ObjectNode> change) {
        request.path("inputs").forEach(input -> {
            if (input instanceof ObjectNode object) {
                change.accept(object);
            }
        });
        return request;
    }

    private static ObjectNode read(ObjectNode request, Wishes wishes) {
        if (!request.has("properties")) {
            request.set("properties", array(wishes.properties()));
        }
        if (!request.has("propertiesWithHistory")) {
            request.set("propertiesWithHistory", array(wishes.propertiesWithHistory()));
        }
        if (wishes.idProperty() != null && !request.has("idProperty")) {
            request.put("idProperty", wishes.idProperty());
        }
        return request;
    }

    private static ArrayNode array(List<String> words) {
        ArrayNode array = NODES.arrayNode();
        words.forEach(array::add);
        return array;
    }

    static JsonNode json(Object body) {
        try {
            if (body instanceof JsonNode node) {
                return node.deepCopy();
            }
            if (body instanceof byte[] bytes) {
                return HubspotClient.JSON.readTree(bytes);
            }
            if (body instanceof InputStream stream) {
                return HubspotClient.JSON.readTree(stream);
            }
            if (body instanceof String text) {
                return HubspotClient.JSON.readTree(text.getBytes(StandardCharsets.UTF_8));
            }
            return body == null ? NODES.nullNode() : HubspotClient.JSON.valueToTree(body);
        } catch (IOException broken) {
            throw new IllegalArgumentException("the body is not JSON", broken);
        }
    }

    /** The words of a list separated by commas. */
    static List<String> words(String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
