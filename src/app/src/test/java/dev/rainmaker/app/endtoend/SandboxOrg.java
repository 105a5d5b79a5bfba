package dev.rainmaker.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.cli.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Salesforce org in a process of its own, with the hooks of the sandbox, as seen by a person and an administrator. */
public final class SandboxOrg implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path state;
    private final Process process;
    private final JsonNode said;
    private final String token;

    private SandboxOrg(Path state, Process process, JsonNode said) throws Exception {
        this.state = state;
        this.process = process;
        this.said = said;
        this.token = JSON.readTree(http.send(
                                HttpRequest.newBuilder(URI.create(url() + "/services/oauth2/token"))
                                        .POST(HttpRequest.BodyPublishers.ofString(
                                                "grant_type=client_credentials&client_id=" + clientId()
                                                        + "&client_secret=" + clientSecret()))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("access_token")
                .asText();
    }

    /** The runnable jar; the test is skipped where it was not built. */
    static Path jar() {
        Path jar = Home.sandboxJar().orElse(null);
        Assumptions.assumeTrue(
                jar != null, "skipped: src/sandbox/target/rainmaker-sandbox.jar is missing; `mvn verify` builds it");
        return jar;
    }

    /** Starts an org on a state folder; {@code arguments} say what to fill it with if it is empty. */
    public static SandboxOrg start(Path state, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar().toString(),
                "start",
                "--with-parent",
                "--hooks",
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
        return new SandboxOrg(state, process, JSON.readTree(line).path("salesforce"));
    }

    /** Starts an org on a copy of the state of one that was stopped. */
    static SandboxOrg copyOf(Path stopped, Path state) throws Exception {
        copy(stopped, state);
        return start(state);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    public String url() {
        return said.path("url").asText();
    }

    public String clientId() {
        return said.path("clientId").asText();
    }

    public String clientSecret() {
        return said.path("clientSecret").asText();
    }

    public Map<String, String> settings() {
        return Map.of("login-url", url(), "client-id", clientId(), "client-secret", clientSecret());
    }

    /** All records that a query finds, page after page. */
    public List<JsonNode> query(String soql) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        String path = "/services/data/v65.0/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8);
        while (path != null) {
            JsonNode page = call("GET", path, null);
            page.path("records").forEach(records::add);
            path = page.hasNonNull("nextRecordsUrl")
                    ? page.path("nextRecordsUrl").asText()
                    : null;
        }
        return records;
    }

    /** What the given fields hold now, by record id. */
    public Map<String, Map<String, String>> values(String object, String... fields) throws Exception {
        Map<String, Map<String, String>> values = new TreeMap<>();
        for (JsonNode row : query("SELECT Id, " + String.join(", ", fields) + " FROM " + object)) {
            Map<String, String> held = new LinkedHashMap<>();
            for (String field : fields) {
                held.put(field, row.path(field).isNull() ? "" : row.path(field).asText());
            }
            values.put(row.path("Id").asText(), held);
        }
        return values;
    }

    /** Makes (no {@code id}) or changes a record as a person of the CRM, and returns its id. */
    public String edit(String object, String id, Map<String, ?> fields) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("object", object, "fields", fields));
        if (id != null) {
            body.put("id", id);
        }
        return hook("edit", body).path("id").asText();
    }

    public JsonNode hook(String name, Map<String, ?> body) throws Exception {
        return call("POST", "/__sandbox/" + name, JSON.writeValueAsString(body));
    }

    public JsonNode stats() throws Exception {
        return call("GET", "/__sandbox/stats", null);
    }

    /** Calls of a kind that the org answered since its start. */
    public int calls(String kind) throws Exception {
        return stats().path("calls").path(kind).asInt();
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Authorization", "Bearer " + token)
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

    /** Every partner a lead ever showed, in the org's own journal. */
    Map<String, TreeSet<String>> partnersEverShown() throws IOException {
        Map<String, TreeSet<String>> shown = new TreeMap<>();
        try (Stream<Path> files = Files.list(state)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("org-"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    collectPartners(JSON.readTree(line), shown);
                }
            }
        }
        return shown;
    }

    private static void collectPartners(JsonNode node, Map<String, TreeSet<String>> shown) {
        if (node.isArray()) {
            node.forEach(each -> collectPartners(each, shown));
        } else if (node.isObject()) {
            JsonNode id = node.path("Id");
            JsonNode partner = node.path("Rainmaker_Partner__c");
            if (id.asText().startsWith("00Q") && partner.isTextual()) {
                shown.computeIfAbsent(id.asText(), any -> new TreeSet<>()).add(partner.asText());
            }
            node.forEach(each -> collectPartners(each, shown));
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
