package dev.rainmaker.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A portal of its own for a test, and a client that knows nothing but HTTP. */
final class TestPortal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final HubSpotSandbox sandbox;

    private TestPortal(HubSpotSandbox sandbox) {
        this.sandbox = sandbox;
    }

    static TestPortal start(Path state, UnaryOperator<HubSpotSettings> settings) throws IOException {
        return new TestPortal(
                HubSpotSandbox.start(settings.apply(HubSpotSettings.in(state).withHooks())));
    }

    static TestPortal start(Path state) throws IOException {
        return start(state, settings -> settings);
    }

    /** An answer. */
    record Answer(int status, JsonNode json, String text, HttpResponse<String> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String id() {
            return json.path("id").asText();
        }
    }

    HubSpotSandbox sandbox() {
        return sandbox;
    }

    String url() {
        return sandbox.url();
    }

    Answer call(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + sandbox.identity().accessToken())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return send(request);
    }

    Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String text = response.body();
        boolean json = text.startsWith("{") || text.startsWith("[");
        return new Answer(response.statusCode(), JSON.readTree(json ? text : "null"), text, response);
    }

    Answer get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + sandbox.identity().accessToken()));
    }

    /** Makes a record from {@code name=value} pairs and returns its id. */
    String create(String kind, String... pairs) throws Exception {
        var properties = JSON.createObjectNode();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            properties.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        Answer answer = call(
                "POST",
                "/crm/objects/2026-09/" + kind,
                JSON.createObjectNode().set("properties", properties).toString());
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
        return answer.id();
    }

    Answer search(String kind, String body) throws Exception {
        return call("POST", "/crm/objects/2026-09/" + kind + "/search", body);
    }

    Answer hook(String name, String body) throws Exception {
        return call("POST", "/__sandbox/" + name, body);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
