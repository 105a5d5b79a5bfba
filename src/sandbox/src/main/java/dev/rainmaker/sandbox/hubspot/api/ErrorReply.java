package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Errors in the vendor's form. */
final class ErrorReply {

    private ErrorReply() {}

    static ObjectNode body(PortalRefused refused) {
        ObjectNode body = row(refused);
        body.put("correlationId", UUID.randomUUID().toString());
        return body;
    }

    /** One row's error within a batch. */
    static ObjectNode row(PortalRefused refused) {
        ObjectNode body = ApiJson.object();
        body.put("status", "error");
        body.put("message", refused.getMessage());
        if (!refused.category().isEmpty()) {
            body.put("category", refused.category());
        }
        if (!refused.subCategory().isEmpty()) {
            body.put("subCategory", refused.subCategory());
        }
        if (!refused.context().isEmpty()) {
            body.set("context", context(refused.context()));
        }
        return body;
    }

    static ObjectNode context(Map<String, List<String>> context) {
        ObjectNode json = ApiJson.object();
        context.forEach((name, values) -> json.set(name, ApiJson.texts(values)));
        return json;
    }

    static Reply of(PortalRefused refused) {
        return Reply.json(refused.status(), body(refused));
    }

    static Reply of(int status, String category, String message) {
        return of(new PortalRefused(status, category, message));
    }

    static Reply unauthorized() {
        return of(
                401,
                "INVALID_AUTHENTICATION",
                "Authentication credentials not found. This API supports OAuth 2.0 authentication");
    }

    static Reply expired(long minutes) {
        return of(
                401,
                "EXPIRED_AUTHENTICATION",
                "The OAuth token used to make this call expired " + minutes + " minute(s) ago.");
    }

    static Reply missingScopes(List<String> anyOf) {
        ObjectNode body = ApiJson.object();
        body.put("status", "error");
        body.put("message", "This app hasn't been granted all required scopes to make this call.");
        body.put("correlationId", UUID.randomUUID().toString());
        ArrayNode errors = body.putArray("errors");
        ObjectNode error = errors.addObject();
        error.put("message", "One or more of the following scopes are required.");
        error.putObject("context").set("requiredGranularScopes", ApiJson.texts(anyOf));
        body.put("category", "MISSING_SCOPES");
        return Reply.json(403, body);
    }

    static Reply tooMany(String message, String policy) {
        ObjectNode body = ApiJson.object();
        body.put("status", "error");
        body.put("message", message);
        body.put("errorType", "RATE_LIMIT");
        body.put("correlationId", UUID.randomUUID().toString());
        body.put("policyName", policy);
        body.put("requestId", UUID.randomUUID().toString());
        return Reply.json(429, body);
    }

    static Reply notFound() {
        return Reply.html(404, "<html><body><h1>Not Found</h1></body></html>");
    }

    static Reply notAllowed() {
        return of(405, "", "HTTP 405 Method Not Allowed");
    }
}
