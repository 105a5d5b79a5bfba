package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.Properties;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition.Option;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Definitions of properties and their groups. */
final class PropertiesApi {

    private static final Set<String> TYPES =
            Set.of("string", "number", "date", "datetime", "enumeration", "bool", "phone_number");

    private final Site site;
    private final Properties properties;

    PropertiesApi(Site site) {
        this.site = site;
        this.properties = site.portal().properties();
    }

    /** {@code /properties/{kind}} and what is below it. */
    Reply answer(ObjectKind kind, List<String> path, Request request, boolean dated) throws PortalRefused {
        String first = path.isEmpty() ? "" : path.get(0);
        if (first.equals("groups")) {
            return groups(kind, path.subList(1, path.size()), request);
        }
        if (first.equals("batch") && path.size() == 2 && request.method().equals("POST")) {
            return batch(kind, path.get(1), request, dated);
        }
        if (path.size() > 1) {
            return ErrorReply.notFound();
        }
        return switch (request.method() + (first.isEmpty() ? "" : " one")) {
            case "GET" -> list(kind, request);
            case "POST" -> Reply.json(201, create(kind, Body.json(request)).json());
            case "GET one" -> Reply.json(200, required(kind, first).json());
            case "PATCH one" ->
                Reply.json(200, change(kind, first, Body.json(request)).json());
            case "DELETE one" -> {
                archive(kind, first);
                yield Reply.empty(204);
            }
            default -> ErrorReply.notAllowed();
        };
    }

    private Reply list(ObjectKind kind, Request request) {
        boolean archived = "true".equals(request.parameter("archived"));
        ArrayNode results = ApiJson.array();
        properties.all(kind).stream()
                .filter(property -> property.archivedAt() != null == archived)
                .forEach(property -> results.add(property.json()));
        ObjectNode body = ApiJson.object();
        body.set("results", results);
        return Reply.json(200, body);
    }

    private PropertyDefinition required(ObjectKind kind, String name) throws PortalRefused {
        return properties
                .find(kind, name)
                .orElseThrow(() -> new PortalRefused(
                        404,
                        "OBJECT_NOT_FOUND",
                        "Properties.PROPERTY_NOT_FOUND",
                        "Property " + name + " does not exist",
                        Map.of()));
    }

    private PropertyDefinition create(ObjectKind kind, JsonNode body) throws PortalRefused {
        String name = Body.text(body, "name");
        if (!name.matches("[a-z][a-z0-9_]{0,99}")) {
            throw PortalRefused.invalid("A property name has small letters, digits and underscores: " + name);
        }
        if (properties.find(kind, name).isPresent()) {
            throw new PortalRefused(
                    409,
                    "OBJECT_ALREADY_EXISTS",
                    "Properties.PROPERTY_WITH_NAME_EXISTS",
                    "A property named '" + name + "' already exists.",
                    Map.of());
        }
        String type = Body.text(body, "type");
        if (!TYPES.contains(type)) {
            throw PortalRefused.invalid("type must be one of " + TYPES);
        }
        String group = Body.text(body, "groupName");
        if (!properties.groups(kind).containsKey(group)) {
            throw PortalRefused.invalid("There is no property group " + group);
        }
        // The name of an archived property brings that one back, with the new definition.
        PropertyDefinition made = new PropertyDefinition(
                kind,
                name,
                Body.text(body, "label"),
                body.path("description").asText(""),
                group,
                type,
                Body.text(body, "fieldType"),
                options(body),
                body.path("hasUniqueValue").asBoolean(false),
                false,
                true,
                PropertyValue.time(site.now()),
                null);
        properties.save(made);
        return made;
    }

    private static List<Option> options(JsonNode body) throws PortalRefused {
        List<Option> options = new ArrayList<>();
        for (JsonNode option : body.path("options")) {
            options.add(
                    new Option(Body.text(option, "value"), option.path("label").asText(Body.text(option, "value"))));
        }
        return options;
    }

    /** Options, if sent, replace the whole list. */
    private PropertyDefinition change(ObjectKind kind, String name, JsonNode body) throws PortalRefused {
        PropertyDefinition before = required(kind, name);
        PropertyDefinition after = new PropertyDefinition(
                kind,
                name,
                body.path("label").asText(before.label()),
                body.path("description").asText(before.description()),
                body.path("groupName").asText(before.group()),
                body.path("type").asText(before.type()),
                body.path("fieldType").asText(before.fieldType()),
                body.has("options") ? options(body) : before.options(),
                before.unique(),
                before.readOnly(),
                before.ownDefinition(),
                before.createdAt(),
                null);
        properties.save(after);
        return after;
    }

    private void archive(ObjectKind kind, String name) throws PortalRefused {
        PropertyDefinition found = required(kind, name);
        if (!found.ownDefinition()) {
            throw PortalRefused.invalid("Property " + name + " is HubSpot's own and cannot be archived");
        }
        properties.archive(found, site.now());
    }

    private Reply batch(ObjectKind kind, String operation, Request request, boolean dated) throws PortalRefused {
        ArrayNode results = ApiJson.array();
        ArrayNode errors = ApiJson.array();
        java.time.Instant began = site.now();
        for (JsonNode input : Body.inputs(Body.json(request), site.number("batch-size"))) {
            try {
                switch (operation) {
                    case "create" -> results.add(create(kind, input).json());
                    case "read" ->
                        results.add(required(kind, Body.text(input, "name")).json());
                    case "archive" -> archive(kind, Body.text(input, "name"));
                    default -> {
                        return ErrorReply.notFound();
                    }
                }
            } catch (PortalRefused refused) {
                ObjectNode error = ErrorReply.row(refused);
                error.putObject("context")
                        .putArray("name")
                        .add(input.path("name").asText());
                errors.add(error);
            }
        }
        if (operation.equals("archive")) {
            return Reply.empty(204);
        }
        ObjectNode body = ApiJson.object();
        body.put("status", "COMPLETE");
        body.set("results", results);
        if (!errors.isEmpty()) {
            body.put("numErrors", errors.size());
            body.set("errors", errors);
        }
        body.put("startedAt", PropertyValue.time(began));
        body.put("completedAt", PropertyValue.time(site.now()));
        int good = operation.equals("create") && !dated ? 201 : 200;
        return Reply.json(errors.isEmpty() ? good : 207, body);
    }

    private Reply groups(ObjectKind kind, List<String> path, Request request) throws PortalRefused {
        Map<String, String> groups = properties.groups(kind);
        if (path.isEmpty()) {
            if (request.method().equals("POST")) {
                JsonNode body = Body.json(request);
                String name = Body.text(body, "name");
                if (groups.containsKey(name)) {
                    throw new PortalRefused(409, "OBJECT_ALREADY_EXISTS", "A property group '" + name + "' exists");
                }
                properties.saveGroup(kind, name, Body.text(body, "label"));
                return Reply.json(201, group(name, Body.text(body, "label")));
            }
            ObjectNode body = ApiJson.object();
            ArrayNode results = body.putArray("results");
            groups.forEach((name, label) -> results.add(group(name, label)));
            return Reply.json(200, body);
        }
        String name = path.get(0);
        String label = groups.get(name);
        if (label == null) {
            throw new PortalRefused(404, "OBJECT_NOT_FOUND", "There is no property group " + name);
        }
        return switch (request.method()) {
            case "GET" -> Reply.json(200, group(name, label));
            case "PATCH" -> {
                String changed = Body.json(request).path("label").asText(label);
                properties.saveGroup(kind, name, changed);
                yield Reply.json(200, group(name, changed));
            }
            case "DELETE" -> {
                properties.removeGroup(kind, name);
                yield Reply.empty(204);
            }
            default -> ErrorReply.notAllowed();
        };
    }

    private static ObjectNode group(String name, String label) {
        return ApiJson.object()
                .put("name", name)
                .put("label", label)
                .put("displayOrder", -1)
                .put("archived", false);
    }
}
