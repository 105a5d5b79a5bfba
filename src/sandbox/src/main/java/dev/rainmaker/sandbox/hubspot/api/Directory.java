package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition;
import java.util.List;

/** Owners, pipelines and the account itself. */
final class Directory {

    /** Where owners lie on the shelf, as the API answers them. */
    static final String OWNERS = "owners";

    private final Site site;

    Directory(Site site) {
        this.site = site;
    }

    Reply owners(List<String> path, Request request) throws PortalRefused {
        if (!request.method().equals("GET") || path.size() > 1) {
            return ErrorReply.notAllowed();
        }
        if (path.size() == 1) {
            boolean byUser = "userId".equals(request.parameter("idProperty"));
            for (JsonNode owner : site.shelf().all(OWNERS).values()) {
                if (owner.path(byUser ? "userId" : "id").asText().equals(path.get(0))) {
                    return Reply.json(200, owner);
                }
            }
            throw Records.missing();
        }
        int limit = Body.number(request, "limit", 100, 500);
        boolean archived = "true".equals(request.parameter("archived"));
        String email = request.parameter("email");
        String after = request.parameter("after");
        ObjectNode body = ApiJson.object();
        ArrayNode results = body.putArray("results");
        for (JsonNode owner : site.shelf().all(OWNERS).values()) {
            boolean wanted = owner.path("archived").asBoolean() == archived
                    && (email == null
                            || email.isEmpty()
                            || email.equals(owner.path("email").asText()))
                    && (after == null || owner.path("id").asLong() >= Long.parseLong(after));
            if (wanted && results.size() == limit) {
                Records.next(body, owner.path("id").asText(), request);
                break;
            }
            if (wanted) {
                results.add(owner);
            }
        }
        return Reply.json(200, body);
    }

    /** The standard pipeline of deals and of leads; it cannot be changed here. */
    Reply pipelines(List<String> path, Request request) throws PortalRefused {
        ObjectKind kind = Records.kind(path.isEmpty() ? "" : path.get(0));
        if (!request.method().equals("GET")) {
            return ErrorReply.notAllowed();
        }
        ArrayNode pipelines = ApiJson.array();
        if (kind == ObjectKind.DEAL) {
            pipelines.add(pipeline("default", "Sales pipeline", kind, "dealstage"));
        } else if (kind == ObjectKind.LEAD) {
            pipelines.add(pipeline("lead-pipeline-id", "Lead pipeline", kind, "hs_pipeline_stage"));
        }
        if (path.size() == 1) {
            ObjectNode body = ApiJson.object();
            body.set("results", pipelines);
            return Reply.json(200, body);
        }
        JsonNode found = pipelines.path(0);
        if (!found.path("id").asText().equals(path.get(1))) {
            throw Records.missing();
        }
        if (path.size() == 2) {
            return Reply.json(200, found);
        }
        if (path.size() > 4 || !path.get(2).equals("stages")) {
            return ErrorReply.notFound();
        }
        if (path.size() == 3) {
            ObjectNode body = ApiJson.object();
            body.set("results", found.path("stages"));
            return Reply.json(200, body);
        }
        for (JsonNode stage : found.path("stages")) {
            if (stage.path("id").asText().equals(path.get(3))) {
                return Reply.json(200, stage);
            }
        }
        throw Records.missing();
    }

    private ObjectNode pipeline(String id, String label, ObjectKind kind, String stageProperty) {
        ObjectNode pipeline = ApiJson.object();
        pipeline.put("label", label).put("displayOrder", 0).put("id", id);
        ArrayNode stages = pipeline.putArray("stages");
        PropertyDefinition property =
                site.portal().properties().find(kind, stageProperty).orElseThrow();
        int count = property.options().size();
        for (int i = 0; i < count; i++) {
            PropertyDefinition.Option option = property.options().get(i);
            ObjectNode stage = stages.addObject();
            stage.put("label", option.label())
                    .put("displayOrder", i)
                    .put("id", option.value())
                    .put("createdAt", "2020-01-01T00:00:00Z")
                    .put("updatedAt", "2020-01-01T00:00:00Z")
                    .put("archived", false);
            boolean closed = option.value().startsWith("closed");
            double chance =
                    closed ? option.value().equals("closedwon") ? 1 : 0 : Math.round(10.0 * (i + 1) / count) / 10.0;
            stage.putObject("metadata")
                    .put("isClosed", String.valueOf(closed))
                    .put("probability", String.valueOf(chance));
        }
        return pipeline.put("createdAt", "2020-01-01T00:00:00Z")
                .put("updatedAt", "2020-01-01T00:00:00Z")
                .put("archived", false);
    }

    Reply account() {
        ObjectNode body = ApiJson.object();
        body.put("portalId", site.identity().portalId())
                .put("accountType", "STANDARD")
                .put("timeZone", site.profile().get().text("time-zone"))
                .put("companyCurrency", "USD")
                .put("utcOffset", "+00:00")
                .put("utcOffsetMilliseconds", 0)
                .put("uiDomain", "app.hubspot.com")
                .put("dataHostingLocation", "na1");
        body.putArray("additionalCurrencies");
        return Reply.json(200, body);
    }
}
