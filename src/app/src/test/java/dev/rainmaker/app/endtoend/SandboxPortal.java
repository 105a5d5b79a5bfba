package dev.rainmaker.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A HubSpot portal in a process of its own, as seen by a person and an administrator. */
public final class SandboxPortal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final JsonNode said;
    private final JsonNode academy;

    private SandboxPortal(Process process, JsonNode systems) {
        this.process = process;
        this.said = systems.path("hubspot");
        this.academy = systems.path("moodle");
    }

    /** Starts a portal on a state folder; {@code --systems moodle} among the arguments adds an academy. */
    public static SandboxPortal start(Path state, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                SandboxOrg.jar().toString(),
                "start",
                "--with-parent",
                "--hooks",
                "--systems",
                "hubspot",
                "--state",
                state.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IllegalStateException("the sandbox did not start");
        }
        return new SandboxPortal(process, JSON.readTree(line));
    }

    String clientSecret() {
        return said.path("clientSecret").asText();
    }

    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("api-url", said.path("url").asText());
        settings.put("app-url", said.path("url").asText());
        settings.put("access-token", said.path("accessToken").asText());
        settings.put("client-secret", clientSecret());
        settings.put("portal-id", said.path("portalId").asText());
        settings.put("calls-per-10-seconds", "100000");
        settings.put("searches-per-second", "1000");
        return settings;
    }

    Map<String, String> academySettings() {
        return Map.of(
                "url",
                academy.path("url").asText(),
                "token",
                academy.path("token").asText());
    }

    /** Calls of a function of the academy. */
    int academyCalls(String function) throws Exception {
        return JSON.readTree(http.send(
                                HttpRequest.newBuilder(
                                                URI.create(academy.path("url").asText() + "/__sandbox/stats"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("calls")
                .path(function)
                .asInt();
    }

    /** Makes (no id) or changes a record as a person, and returns its id. */
    String edit(String object, String id, Map<String, String> properties) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("object", object, "properties", properties));
        if (id != null) {
            body.put("id", id);
        }
        return hook("edit", body).path("id").asText();
    }

    /** Merges a record into another; the id of the one that remains. */
    String merge(String object, String into, String goes) throws Exception {
        Map<String, String> body = Map.of("primaryObjectId", into, "objectIdToMerge", goes);
        return call("POST", "/crm/v3/objects/" + object + "/merge", JSON.writeValueAsString(body))
                .path("id")
                .asText();
    }

    JsonNode hook(String name, Map<String, ?> body) throws Exception {
        return call("POST", "/__sandbox/" + name, JSON.writeValueAsString(body));
    }

    public int calls(String kind) throws Exception {
        return stats().path("calls").path(kind).asInt();
    }

    int stat(String name) throws Exception {
        return stats().path(name).asInt();
    }

    private JsonNode stats() throws Exception {
        return call("GET", "/__sandbox/stats", null);
    }

    /** What all records of an object hold, by id. */
    Map<String, JsonNode> all(String object, String... properties) throws Exception {
        Map<String, JsonNode> found = new TreeMap<>();
        String after = "";
        do {
            JsonNode page = call(
                    "GET",
                    "/crm/v3/objects/" + object + "?limit=100&properties=" + String.join(",", properties)
                            + (after.isEmpty() ? "" : "&after=" + after),
                    null);
            page.path("results").forEach(record -> found.put(record.path("id").asText(), record.path("properties")));
            after = page.path("paging").path("next").path("after").asText();
        } while (!after.isEmpty());
        return found;
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(said.path("url").asText() + path))
                        .header(
                                "Authorization",
                                "Bearer " + said.path("accessToken").asText())
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + " -> " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** An event as HubSpot writes it. */
    ObjectNode event(String type, String id, long occurredAt) {
        return JSON.createObjectNode()
                .put("eventId", id.hashCode() & 0xffff)
                .put("subscriptionId", 1)
                .put("portalId", said.path("portalId").asLong())
                .put("appId", said.path("appId").asLong())
                .put("occurredAt", occurredAt)
                .put("subscriptionType", type)
                .put("attemptNumber", 0)
                .put("objectId", Long.parseLong(id))
                .put("changeSource", "CRM_UI");
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
