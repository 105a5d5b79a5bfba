package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what clients send. */
final class Body {

    private Body() {}

    static JsonNode json(Request request) throws PortalRefused {
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.contains("json")) {
            throw new PortalRefused(415, "", "HTTP 415 Unsupported Media Type");
        }
        try {
            JsonNode json = ApiJson.MAPPER.readTree(request.body());
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // Told below in the vendor's words.
        }
        throw PortalRefused.invalid("Invalid input JSON: the body is no JSON object");
    }

    /** A member that must be there. */
    static JsonNode required(JsonNode json, String name) throws PortalRefused {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            throw PortalRefused.invalid(
                    "Invalid input JSON on line 1: some required fields were not set: [" + name + "]");
        }
        return value;
    }

    static String text(JsonNode json, String name) throws PortalRefused {
        JsonNode value = required(json, name);
        if (!value.isValueNode() || value.asText().isEmpty()) {
            throw PortalRefused.invalid("Invalid input JSON: " + name + " has no value");
        }
        return value.asText();
    }

    /** Property values: text, numbers and truth values become text, null clears. */
    static Map<String, String> properties(JsonNode json) throws PortalRefused {
        JsonNode sent = required(json, "properties");
        if (!sent.isObject()) {
            throw PortalRefused.invalid("Invalid input JSON: properties is no object");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : ApiJson.members(sent).entrySet()) {
            if (member.getValue().isContainerNode()) {
                throw PortalRefused.invalid("Invalid input JSON: the value of " + member.getKey() + " is no text");
            }
            values.put(
                    member.getKey(),
                    member.getValue().isNull() ? "" : member.getValue().asText());
        }
        return values;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    /** The inputs of a batch, not more than allowed. */
    static List<JsonNode> inputs(JsonNode json, int most) throws PortalRefused {
        JsonNode sent = required(json, "inputs");
        if (!sent.isArray()) {
            throw PortalRefused.invalid("Invalid input JSON: inputs is no array");
        }
        if (sent.size() > most) {
            throw PortalRefused.invalid("The maximum number of inputs supported in a batch request is " + most
                    + "; received " + sent.size());
        }
        List<JsonNode> inputs = new ArrayList<>();
        for (JsonNode input : sent) {
            if (!input.isObject()) {
                throw PortalRefused.invalid("Invalid input JSON: an input is no object");
            }
            inputs.add(input);
        }
        return inputs;
    }

    static List<String> list(Request request, String name) {
        String value = request.parameter(name);
        List<String> texts = new ArrayList<>();
        for (String text : (value == null ? "" : value).split(",")) {
            if (!text.isBlank()) {
                texts.add(text.strip());
            }
        }
        return texts;
    }

    static int number(Request request, String name, int otherwise, int most) throws PortalRefused {
        String value = request.parameter(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,6}") || Integer.parseInt(value) > most || Integer.parseInt(value) < 1) {
            throw PortalRefused.invalid("Invalid value for parameter " + name + ": " + value + "; at most " + most);
        }
        return Integer.parseInt(value);
    }
}
