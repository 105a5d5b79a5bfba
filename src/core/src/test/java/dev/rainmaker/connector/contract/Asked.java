package dev.rainmaker.connector.contract;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request as it came in.
 *
 * @param target path and query, as sent
 * @param headers by lower-case name
 */
public record Asked(String method, String target, Map<String, String> headers, byte[] body) {

    public String path() {
        return URI.create(target).getPath();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The query's parameters, decoded. */
    public Map<String, String> query() {
        int mark = target.indexOf('?');
        return form(mark < 0 ? "" : target.substring(mark + 1));
    }

    /** The body's parameters where it is a form, decoded. */
    public Map<String, String> form() {
        return form(text());
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
