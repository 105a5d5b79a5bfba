package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import dev.rainmaker.sandbox.hubspot.webhook.Subscriptions;
import java.net.URI;
import java.util.List;

/** Settings and subscriptions of webhooks; the app signs in with its token here. */
final class WebhookApi {

    private static final String TYPES = "(contact|company|deal|ticket|product|line_item|object)"
            + "\\.(creation|deletion|propertyChange|merge|restore|associationChange)|contact\\.privacyDeletion";

    private final Site site;
    private final Subscriptions subscriptions;

    WebhookApi(Site site, Subscriptions subscriptions) {
        this.site = site;
        this.subscriptions = subscriptions;
    }

    /** {@code /{appId}/settings} and {@code /{appId}/subscriptions}. */
    Reply answer(List<String> path, Request request) throws PortalRefused {
        if (path.size() < 2
                || !path.get(0).equals(String.valueOf(site.identity().appId()))) {
            throw new PortalRefused(404, "OBJECT_NOT_FOUND", "There is no app " + (path.isEmpty() ? "" : path.get(0)));
        }
        if (path.get(1).equals("settings") && path.size() == 2) {
            return settings(request);
        }
        if (!path.get(1).equals("subscriptions")) {
            return ErrorReply.notFound();
        }
        return switch (request.method() + " " + path.size()) {
            case "GET 2" -> {
                ObjectNode body = ApiJson.object();
                ArrayNode results = body.putArray("results");
                subscriptions.all().forEach(results::add);
                yield Reply.json(200, body);
            }
            case "POST 2" -> Reply.json(201, add(Body.json(request)));
            case "POST 4" -> activate(Body.inputs(Body.json(request), site.number("batch-size")));
            case "GET 3" -> Reply.json(200, required(path.get(2)));
            case "PATCH 3" ->
                Reply.json(
                        200,
                        subscriptions.activate(
                                required(path.get(2)).path("id").asText(),
                                Body.json(request).path("active").asBoolean()));
            case "DELETE 3" -> {
                subscriptions.remove(required(path.get(2)).path("id").asText());
                yield Reply.empty(204);
            }
            default -> ErrorReply.notAllowed();
        };
    }

    private String now() {
        return PropertyValue.time(site.now());
    }

    private JsonNode required(String id) throws PortalRefused {
        return subscriptions.find(id).orElseThrow(Records::missing);
    }

    private Reply settings(Request request) throws PortalRefused {
        switch (request.method()) {
            case "GET":
                return Reply.json(200, subscriptions.settings().orElseThrow(Records::missing));
            case "PUT":
                JsonNode body = Body.json(request);
                String target = Body.text(body, "targetUrl");
                if (!target.matches("https?://.+") || URI.create(target).getHost() == null) {
                    throw PortalRefused.invalid("targetUrl is no URL: " + target);
                }
                int concurrent = Body.required(body, "throttling")
                        .path("maxConcurrentRequests")
                        .asInt(10);
                subscriptions.settings(target, concurrent, now());
                return Reply.json(200, subscriptions.settings().orElseThrow());
            case "DELETE":
                subscriptions.removeSettings();
                return Reply.empty(204);
            default:
                return ErrorReply.notAllowed();
        }
    }

    private JsonNode add(JsonNode body) throws PortalRefused {
        String type = Body.text(body, "eventType");
        if (!type.matches(TYPES)) {
            throw PortalRefused.invalid("eventType is not one of the known types: " + type);
        }
        String property = body.path("propertyName").asText("");
        if (type.endsWith(".propertyChange") && property.isEmpty()) {
            throw PortalRefused.invalid("propertyName is needed for " + type);
        }
        String objectTypeId = body.path("objectTypeId").asText("");
        if (type.startsWith("object.") && objectTypeId.isEmpty()) {
            throw PortalRefused.invalid("objectTypeId is needed for " + type);
        }
        return subscriptions.add(
                type, property, objectTypeId, body.path("active").asBoolean(false), now());
    }

    private Reply activate(List<JsonNode> inputs) throws PortalRefused {
        ObjectNode body = ApiJson.object();
        body.put("status", "COMPLETE").put("startedAt", now());
        ArrayNode results = body.putArray("results");
        for (JsonNode input : inputs) {
            String id = required(Body.text(input, "id")).path("id").asText();
            results.add(
                    subscriptions.activate(id, Body.required(input, "active").asBoolean()));
        }
        return Reply.json(200, body.put("completedAt", now()));
    }
}
