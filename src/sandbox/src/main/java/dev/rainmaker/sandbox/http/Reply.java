package dev.rainmaker.sandbox.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer.
 *
 * @param body empty for 204 and 304
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final String JSON = "application/json;charset=UTF-8";

    public Reply {
        headers = Map.copyOf(headers);
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    public static Reply json(int status, JsonNode body) {
        return json(status, 512, json -> json.writeTree(body));
    }

    public static Reply json(int status, int expectedSize, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(expectedSize);
        try (JsonGenerator json = ApiJson.MAPPER.getFactory().createGenerator(bytes)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(status, JSON, bytes.toByteArray(), Map.of());
    }

    public static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, body, Map.of());
    }

    public static Reply empty(int status) {
        return new Reply(status, JSON, new byte[0], Map.of());
    }

    /** A page for people. */
    public static Reply html(int status, String page) {
        return new Reply(status, "text/html;charset=UTF-8", page.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Sends the browser elsewhere. */
    public static Reply redirect(String location) {
        return empty(303).with("Location", location);
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, contentType, body, all);
    }

    @Override
    public String toString() {
        return status + ", " + body.length + " bytes";
    }
}
