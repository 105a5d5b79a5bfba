package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.AssociationType;
import dev.rainmaker.sandbox.hubspot.portal.Change;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Links between records: v4 and dated, and the older v3 batches. */
final class Associations {

    private static final int READ_INPUTS = 1_000;
    private static final int PAGE = 500;

    private final Site site;
    private final Portal portal;

    Associations(Site site) {
        this.site = site;
        this.portal = site.portal();
    }

    private Source source() {
        return Source.integration(String.valueOf(site.identity().appId()));
    }

    /** {@code …/{from}/{to}/batch/{operation}}; success without a body is 204 in v4 and 200 in the dated version. */
    Reply batch(ObjectKind from, ObjectKind to, String operation, Request request, boolean dated) throws PortalRefused {
        JsonNode body = Body.json(request);
        List<JsonNode> inputs =
                Body.inputs(body, operation.equals("read") ? READ_INPUTS : site.number("association-batch-size"));
        return switch (operation) {
            case "read" -> read(from, to, inputs);
            case "create" -> link(from, to, inputs, dated ? 200 : 201);
            case "associate/default" -> linkPlainly(from, to, inputs);
            case "archive", "labels/archive" -> unlink(from, to, operation, inputs, dated);
            default -> ErrorReply.notFound();
        };
    }

    private ObjectNode complete(ArrayNode results, Instant began) {
        ObjectNode body = ApiJson.object();
        body.put("status", "COMPLETE");
        body.set("results", results);
        body.put("startedAt", PropertyValue.time(began));
        body.put("completedAt", PropertyValue.time(site.now()));
        return body;
    }

    private static long id(JsonNode input, String end) throws PortalRefused {
        String id = end.isEmpty() ? Body.text(input, "id") : Body.text(Body.required(input, end), "id");
        if (!id.matches("\\d{1,18}")) {
            throw PortalRefused.invalid("not an id: " + id);
        }
        return Long.parseLong(id);
    }

    private Reply read(ObjectKind from, ObjectKind to, List<JsonNode> inputs) throws PortalRefused {
        Instant began = site.now();
        ArrayNode results = ApiJson.array();
        ArrayNode errors = ApiJson.array();
        for (JsonNode input : inputs) {
            long id = id(input, "");
            Map<Long, Set<AssociationType>> links = portal.links(from, id, to);
            if (links.isEmpty()) {
                errors.add(ErrorReply.row(new PortalRefused(
                        404,
                        "OBJECT_NOT_FOUND",
                        "crm.associations.NO_ASSOCIATIONS_FOUND",
                        "No " + to.singular() + " is associated with " + from.singular() + " " + id + ".",
                        Map.of("fromObjectId", List.of(String.valueOf(id))))));
                continue;
            }
            ObjectNode result = results.addObject();
            result.putObject("from").put("id", String.valueOf(id));
            long after = input.path("after").asLong(0);
            ends(result, "to", links, after, PAGE);
        }
        ObjectNode body = complete(results, began);
        if (!errors.isEmpty()) {
            body.put("numErrors", errors.size());
            body.set("errors", errors);
        }
        return Reply.json(errors.isEmpty() ? 200 : 207, body);
    }

    private static void ends(
            ObjectNode into, String member, Map<Long, Set<AssociationType>> links, long after, int page) {
        ArrayNode ends = into.putArray(member);
        int written = 0;
        for (Map.Entry<Long, Set<AssociationType>> link : links.entrySet()) {
            if (link.getKey() < after) {
                continue;
            }
            if (written == page) {
                into.putObject("paging").putObject("next").put("after", String.valueOf(link.getKey()));
                return;
            }
            written++;
            ObjectNode end = ends.addObject().put("toObjectId", link.getKey());
            ArrayNode types = end.putArray("associationTypes");
            link.getValue()
                    .forEach(type -> types.addObject()
                            .put("category", type.category())
                            .put("typeId", type.typeId())
                            .put("label", type.plain() ? null : type.label()));
        }
    }

    /** {@code GET /crm/v4/objects/{type}/{id}/associations/{to}}. */
    Reply list(ObjectKind from, String id, ObjectKind to, Request request) throws PortalRefused {
        long number = known(from, id);
        String after = request.parameter("after");
        ObjectNode body = ApiJson.object();
        ends(
                body,
                "results",
                portal.links(from, number, to),
                after == null || !after.matches("\\d{1,18}") ? 0 : Long.parseLong(after),
                Body.number(request, "limit", PAGE, PAGE));
        return Reply.json(200, body);
    }

    private long known(ObjectKind kind, String id) throws PortalRefused {
        long number = id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
        if (portal.find(kind, number).filter(record -> !record.archived()).isEmpty()) {
            throw Records.missing();
        }
        return number;
    }

    private List<AssociationType> types(ObjectKind from, ObjectKind to, JsonNode specs) throws PortalRefused {
        List<AssociationType> types = new ArrayList<>();
        for (JsonNode spec : specs) {
            types.add(portal.types()
                    .required(
                            from,
                            to,
                            Body.text(spec, "associationCategory"),
                            Body.required(spec, "associationTypeId").asInt()));
        }
        if (types.isEmpty()) {
            throw PortalRefused.invalid("no association type is given");
        }
        return types;
    }

    private static ObjectNode pair(
            ObjectKind from, long fromId, ObjectKind to, long toId, List<AssociationType> types) {
        ObjectNode pair = ApiJson.object();
        pair.put("fromObjectTypeId", from.typeId());
        pair.put("fromObjectId", fromId);
        pair.put("toObjectTypeId", to.typeId());
        pair.put("toObjectId", toId);
        ArrayNode labels = pair.putArray("labels");
        types.stream().filter(type -> !type.plain()).forEach(type -> labels.add(type.label()));
        return pair;
    }

    private Reply link(ObjectKind from, ObjectKind to, List<JsonNode> inputs, int status) throws PortalRefused {
        Instant began = site.now();
        ArrayNode results = ApiJson.array();
        portal.write(source(), change -> {
            for (JsonNode input : inputs) {
                List<AssociationType> types = types(from, to, Body.required(input, "types"));
                associate(change, id(input, "from"), id(input, "to"), types);
                results.add(pair(from, id(input, "from"), to, id(input, "to"), types));
            }
            return results;
        });
        return Reply.json(status, complete(results, began));
    }

    private static void associate(Change change, long from, long to, List<AssociationType> types) throws PortalRefused {
        for (AssociationType type : types) {
            change.associate(from, to, type);
        }
    }

    private Reply linkPlainly(ObjectKind from, ObjectKind to, List<JsonNode> inputs) throws PortalRefused {
        Instant began = site.now();
        ArrayNode results = ApiJson.array();
        AssociationType type = portal.types().plain(from, to);
        portal.write(source(), change -> {
            for (JsonNode input : inputs) {
                change.associate(id(input, "from"), id(input, "to"), type);
                both(results, type, id(input, "from"), id(input, "to"));
            }
            return results;
        });
        return Reply.json(200, complete(results, began));
    }

    private static void both(ArrayNode results, AssociationType type, long from, long to) {
        one(results, from, to, type.category(), type.typeId());
        one(results, to, from, type.category(), type.inverse());
    }

    private static void one(ArrayNode results, long from, long to, String category, int typeId) {
        ObjectNode result = results.addObject();
        result.putObject("from").put("id", String.valueOf(from));
        result.putObject("to").put("id", String.valueOf(to));
        result.putObject("associationSpec").put("associationCategory", category).put("associationTypeId", typeId);
    }

    private Reply unlink(ObjectKind from, ObjectKind to, String operation, List<JsonNode> inputs, boolean dated)
            throws PortalRefused {
        portal.write(source(), change -> {
            for (JsonNode input : inputs) {
                long fromId = id(input, "from");
                if (operation.equals("archive")) {
                    for (JsonNode end : Body.required(input, "to")) {
                        unlinkAll(change, from, fromId, to, id(end, ""));
                    }
                } else {
                    for (AssociationType type : types(from, to, Body.required(input, "types"))) {
                        change.dissociate(fromId, id(input, "to"), type);
                    }
                }
            }
            return inputs;
        });
        return Reply.empty(dated ? 200 : 204);
    }

    private void unlinkAll(Change change, ObjectKind from, long fromId, ObjectKind to, long toId) {
        portal.links(from, fromId, to)
                .getOrDefault(toId, Set.of())
                .forEach(type -> change.dissociate(fromId, toId, type));
    }

    /** {@code PUT …/associations/{to}/{toId}} with types, or plainly under {@code /default/}. */
    Reply put(ObjectKind from, String fromId, ObjectKind to, String toId, Request request, boolean plainly)
            throws PortalRefused {
        Instant began = site.now();
        long source = known(from, fromId);
        long target = known(to, toId);
        List<AssociationType> types =
                plainly ? List.of(portal.types().plain(from, to)) : types(from, to, specs(request));
        portal.write(source(), change -> {
            associate(change, source, target, types);
            return types;
        });
        if (!plainly) {
            return Reply.json(201, pair(from, source, to, target, types));
        }
        ArrayNode results = ApiJson.array();
        both(results, types.get(0), source, target);
        return Reply.json(200, complete(results, began));
    }

    /** The body of this call is an array. */
    private static JsonNode specs(Request request) throws PortalRefused {
        try {
            JsonNode specs = ApiJson.MAPPER.readTree(request.body());
            if (specs != null && specs.isArray()) {
                return specs;
            }
        } catch (java.io.IOException e) {
            // Told below.
        }
        throw PortalRefused.invalid("Invalid input JSON: an array of association types is needed");
    }

    Reply delete(ObjectKind from, String fromId, ObjectKind to, String toId) throws PortalRefused {
        long source = known(from, fromId);
        long target = toId.matches("\\d{1,18}") ? Long.parseLong(toId) : -1;
        portal.write(source(), change -> {
            unlinkAll(change, from, source, to, target);
            return toId;
        });
        return Reply.empty(204);
    }

    /** The older batches, whose types are names. */
    Reply legacy(ObjectKind from, ObjectKind to, String operation, Request request) throws PortalRefused {
        List<JsonNode> inputs = Body.inputs(Body.json(request), site.number("association-batch-size"));
        Instant began = site.now();
        ArrayNode results = ApiJson.array();
        if (operation.equals("read")) {
            for (JsonNode input : inputs) {
                ObjectNode result = ApiJson.object();
                result.putObject("from").put("id", String.valueOf(id(input, "")));
                ArrayNode ends = result.putArray("to");
                portal.links(from, id(input, ""), to)
                        .forEach((id, types) -> types.forEach(type -> ends.addObject()
                                .put("id", String.valueOf(id))
                                .put("type", RecordJson.legacyName(type))));
                if (!ends.isEmpty()) {
                    results.add(result);
                }
            }
            return Reply.json(200, complete(results, began));
        }
        if (!operation.equals("create") && !operation.equals("archive")) {
            return ErrorReply.notFound();
        }
        portal.write(source(), change -> {
            for (JsonNode input : inputs) {
                AssociationType type = legacyType(from, to, Body.text(input, "type"));
                if (operation.equals("create")) {
                    change.associate(id(input, "from"), id(input, "to"), type);
                } else {
                    change.dissociate(id(input, "from"), id(input, "to"), type);
                }
                ObjectNode result = results.addObject();
                result.set("from", input.get("from"));
                result.set("to", input.get("to"));
                result.set("type", input.get("type"));
            }
            return results;
        });
        return operation.equals("create") ? Reply.json(201, complete(results, began)) : Reply.empty(204);
    }

    private AssociationType legacyType(ObjectKind from, ObjectKind to, String name) throws PortalRefused {
        return portal.types().between(from, to).stream()
                .filter(type -> RecordJson.legacyName(type).equals(name)
                        || String.valueOf(type.typeId()).equals(name))
                .findFirst()
                .orElseThrow(() -> PortalRefused.invalid(name + " is no association type"));
    }

    /** {@code …/{from}/{to}/labels}. */
    Reply labels(ObjectKind from, ObjectKind to, Request request) throws PortalRefused {
        ArrayNode results = ApiJson.array();
        List<AssociationType> types;
        switch (request.method()) {
            case "GET" -> types = portal.types().between(from, to);
            case "POST" -> {
                JsonNode body = Body.json(request);
                Body.text(body, "name");
                String label = Body.text(body, "label");
                types = portal.types()
                        .define(from, to, label, body.path("inverseLabel").asText(label));
            }
            default -> {
                return ErrorReply.notAllowed();
            }
        }
        types.forEach(type -> results.addObject()
                .put("category", type.category())
                .put("typeId", type.typeId())
                .put("label", type.plain() ? null : type.label()));
        ObjectNode body = ApiJson.object();
        body.set("results", results);
        return Reply.json(200, body);
    }
}
