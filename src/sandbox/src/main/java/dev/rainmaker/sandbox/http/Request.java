package dev.rainmaker.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, from the wire or from inside a composite.
 *
 * @param uri path and query as sent
 * @param segments of the path, decoded, empty ones left out
 * @param query parameters, decoded; of one given twice the last
 * @param headers by name in lower case
 */
public record Request(
        String method,
        String uri,
        List<String> segments,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body) {

    public Request {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public static Request of(String method, String uri, Map<String, String> headers, byte[] body) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                // A plus in a path is a plus.
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        return new Request(method, uri, segments, form(question < 0 ? "" : uri.substring(question + 1)), headers, body);
    }

    /** Reads {@code a=1&b=2}. */
    public static Map<String, String> form(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Nullable
    public String parameter(String name) {
        return query.get(name);
    }

    /** The body of a form post. */
    public Map<String, String> formBody() {
        return form(new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return method + " " + (uri.indexOf('?') < 0 ? uri : uri.substring(0, uri.indexOf('?')));
    }
}
