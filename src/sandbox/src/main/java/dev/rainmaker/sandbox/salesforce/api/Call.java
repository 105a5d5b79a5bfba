package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import java.io.IOException;
import java.util.Locale;

/**
 * A request inside a session.
 *
 * @param version {@code v60.0}
 * @param path segments after the version
 * @param autoAssign whether the assignment header, or its absence, lets the org's lead assignment rule run
 */
record Call(Request request, String userId, String version, java.util.List<String> path, boolean autoAssign) {

    Call {
        path = java.util.List.copyOf(path);
    }

    Actor actor() {
        return new Actor(userId, Actor.Channel.API, autoAssign);
    }

    /** Where the records of this version live. */
    String sobjects() {
        return "/services/data/" + version + "/sobjects/";
    }

    String base() {
        return "/services/data/" + version;
    }

    String method() {
        return request.method();
    }

    /** The body as a JSON object or array. */
    JsonNode json() throws ApiFault {
        String type = request.header("content-type").orElse("application/json").toLowerCase(Locale.ROOT);
        if (!type.contains("json")) {
            throw new ApiFault(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "Content type '" + type + "' is not supported; send application/json");
        }
        try {
            JsonNode json = ApiJson.MAPPER.readTree(request.body());
            if (json != null && json.isContainerNode()) {
                return json;
            }
            throw new ApiFault(
                    400, "JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body.");
        } catch (IOException e) {
            String message = e instanceof com.fasterxml.jackson.core.JsonProcessingException parse
                    ? parse.getOriginalMessage()
                    : "unreadable body";
            throw new ApiFault(400, "JSON_PARSER_ERROR", message);
        }
    }
}
