package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call.
 *
 * @param operation what is done
 * @param parameters values of the path's parameters
 * @param query by name; null values are left out
 * @param body JSON, null for none
 * @param reservedPercent how much of the rate limit this call leaves to more urgent ones
 */
public record HubspotRequest(
        HubspotOperation operation,
        Map<String, String> parameters,
        Map<String, String> query,
        JsonNode body,
        int reservedPercent) {

    public HubspotRequest {
        parameters = Map.copyOf(parameters);
        query = new LinkedHashMap<>(query);
        query.values().removeIf(value -> value == null || value.isEmpty());
    }

    /**
     * Path and query, every value encoded.
     *
     * @throws IllegalArgumentException naming the path's parameter that has no value
     */
    String pathAndQuery(HubspotApi api) {
        String path = operation.path(api);
        for (String name : operation.parameters(api)) {
            String value = parameters.get(name);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(
                        "hubspot:" + operation.word() + " needs " + name + ", by option or header");
            }
            path = path.replace("{" + name + "}", segment(value));
        }
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }

    /** A path segment: dots alone would lead elsewhere. */
    private static String segment(String value) {
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("\"" + value + "\" is no id");
        }
        return encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The call without its values, for messages. */
    String named(HubspotApi api) {
        return operation.method() + " "
                + operation.path(api).replace("{objectType}", parameters.getOrDefault("objectType", "{objectType}"));
    }
}
