package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.Change;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Many records in one call. */
final class Batches {

    private final Site site;
    private final Portal portal;
    private final Records objects;
    private final RowFaults rowFaults;

    Batches(Site site, Records objects, RowFaults rowFaults) {
        this.site = site;
        this.portal = site.portal();
        this.objects = objects;
        this.rowFaults = rowFaults;
    }

    /** Rows that worked and rows that did not. */
    private final class Outcome {
        private final Instant began = site.now();
        private final ArrayNode results = ApiJson.array();
        private final ArrayNode errors = ApiJson.array();

        Reply reply(int status) {
            ObjectNode body = ApiJson.object();
            body.put("status", "COMPLETE");
            body.set("results", results);
            if (!errors.isEmpty()) {
                body.put("numErrors", errors.size());
                body.set("errors", errors);
            }
            body.put("startedAt", PropertyValue.time(began));
            body.put("completedAt", PropertyValue.time(site.now()));
            return Reply.json(errors.isEmpty() ? status : 207, body);
        }

        void failed(PortalRefused refused, JsonNode input) {
            ObjectNode error = ErrorReply.row(refused);
            ObjectNode context = ErrorReply.context(refused.context());
            if (input.has("id")) {
                context.set("ids", ApiJson.texts(List.of(input.get("id").asText())));
            }
            if (input.has("objectWriteTraceId")) {
                context.set(
                        "objectWriteTraceId",
                        ApiJson.texts(List.of(input.get("objectWriteTraceId").asText())));
            }
            error.set("context", context);
            errors.add(error);
        }
    }

    Reply answer(ObjectKind kind, String operation, Request request) throws PortalRefused {
        JsonNode body = Body.json(request);
        boolean withHistory = body.path("propertiesWithHistory").size() > 0;
        int most = operation.equals("read") && withHistory
                ? site.number("list-page-with-history")
                : site.number("batch-size");
        List<JsonNode> inputs = Body.inputs(body, most);
        return switch (operation) {
            case "read" -> read(kind, body, inputs);
            case "create" -> create(kind, inputs);
            case "update" -> update(kind, inputs);
            case "upsert" -> upsert(kind, inputs);
            case "archive" -> archive(kind, inputs);
            default -> ErrorReply.notFound();
        };
    }

    private Reply read(ObjectKind kind, JsonNode body, List<JsonNode> inputs) throws PortalRefused {
        String idProperty = body.path("idProperty").asText("");
        if (!idProperty.isEmpty() && !idProperty.equals("hs_object_id")) {
            Records.requireUnique(portal, kind, idProperty);
        }
        RecordJson form = new RecordJson(
                portal, Body.texts(body.path("properties")), Body.texts(body.path("propertiesWithHistory")), List.of());
        Outcome outcome = new Outcome();
        List<String> missing = new ArrayList<>();
        for (JsonNode input : inputs) {
            String id = Body.text(input, "id");
            Optional<CrmRecord> found = objects.find(kind, id, idProperty.isEmpty() ? null : idProperty)
                    .filter(record -> !record.archived());
            found.ifPresentOrElse(record -> outcome.results.add(form.of(record)), () -> missing.add(id));
        }
        if (!missing.isEmpty()) {
            outcome.errors.add(ErrorReply.row(new PortalRefused(
                    404,
                    "OBJECT_NOT_FOUND",
                    "",
                    "Could not get some " + kind
                            + " objects, they may be deleted or not exist. Check that ids are valid.",
                    Map.of("ids", missing))));
        }
        return outcome.reply(200);
    }

    private Source source() {
        return Source.integration(String.valueOf(site.identity().appId()));
    }

    /** Work on one row. */
    @FunctionalInterface
    private interface Row {
        ObjectNode write(Change change, JsonNode input) throws PortalRefused;
    }

    /** Each row in a change of its own, where rows may fail alone; else all in one. */
    private Reply write(int status, List<JsonNode> inputs, boolean alone, Row row) throws PortalRefused {
        Outcome outcome = new Outcome();
        if (!alone) {
            portal.write(source(), change -> {
                for (JsonNode input : inputs) {
                    outcome.results.add(row.write(change, input));
                }
                return inputs;
            });
            return outcome.reply(status);
        }
        for (JsonNode input : inputs) {
            try {
                rowFaults.check(input.path("id").asText());
                ObjectNode result = portal.write(source(), change -> row.write(change, input));
                if (input.has("objectWriteTraceId")) {
                    result.set("objectWriteTraceId", input.get("objectWriteTraceId"));
                }
                outcome.results.add(result);
            } catch (PortalRefused refused) {
                outcome.failed(refused, input);
            }
        }
        return outcome.reply(status);
    }

    /** Errors come per row only if every input can be told by a trace id of its own. */
    private Reply create(ObjectKind kind, List<JsonNode> inputs) throws PortalRefused {
        Set<String> traces = new HashSet<>();
        inputs.forEach(input -> traces.add(input.path("objectWriteTraceId").asText("")));
        boolean alone = traces.size() == inputs.size() && !traces.contains("");
        return write(201, inputs, alone, (change, input) -> objects.written(objects.create(change, kind, input)));
    }

    private Reply update(ObjectKind kind, List<JsonNode> inputs) throws PortalRefused {
        distinct(inputs);
        return write(200, inputs, rowsFailAlone(), (change, input) -> {
            Map<String, String> values = Body.properties(input);
            String idProperty = input.path("idProperty").asText("");
            if (!idProperty.isEmpty() && !idProperty.equals("hs_object_id")) {
                Records.requireUnique(portal, kind, idProperty);
            }
            CrmRecord found = change.find(kind, idProperty, Body.text(input, "id"))
                    .filter(record -> !record.archived())
                    .orElseThrow(Records::missing);
            return objects.written(change.update(kind, found.id(), values));
        });
    }

    private boolean rowsFailAlone() {
        return site.profile().get().on("batch-rows-fail-alone");
    }

    private Reply upsert(ObjectKind kind, List<JsonNode> inputs) throws PortalRefused {
        distinct(inputs);
        return write(200, inputs, rowsFailAlone(), (change, input) -> {
            String idProperty = Body.text(input, "idProperty");
            String id = Body.text(input, "id");
            Map<String, String> values = new java.util.LinkedHashMap<>(Body.properties(input));
            if (!idProperty.equals("hs_object_id")) {
                Records.requireUnique(portal, kind, idProperty);
            }
            Optional<CrmRecord> found = change.find(kind, idProperty, id).filter(record -> !record.archived());
            if (found.isEmpty() && idProperty.equals("hs_object_id")) {
                throw Records.missing();
            }
            values.putIfAbsent(idProperty, id);
            values.remove("hs_object_id");
            CrmRecord after =
                    found.isPresent() ? change.update(kind, found.get().id(), values) : change.create(kind, values);
            return objects.written(after).put("new", found.isEmpty());
        });
    }

    private static void distinct(List<JsonNode> inputs) throws PortalRefused {
        Set<String> ids = new HashSet<>();
        for (JsonNode input : inputs) {
            String id = Body.text(input, "id");
            if (!ids.add(input.path("idProperty").asText() + "/" + id)) {
                throw PortalRefused.invalid("Duplicate IDs found in batch input: [" + id + "]. IDs must be unique");
            }
        }
    }

    private Reply archive(ObjectKind kind, List<JsonNode> inputs) throws PortalRefused {
        List<String> ids = new ArrayList<>();
        for (JsonNode input : inputs) {
            ids.add(Body.text(input, "id"));
        }
        ids.forEach(id -> objects.archive(kind, id));
        return Reply.empty(204);
    }
}
