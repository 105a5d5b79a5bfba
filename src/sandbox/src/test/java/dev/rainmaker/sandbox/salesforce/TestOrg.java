package dev.rainmaker.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** An org of its own for a test, and a client that knows nothing but HTTP. */
public final class TestOrg implements AutoCloseable {

    public static final String AUTO_ASSIGN = "Sforce-Auto-Assign";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final SalesforceSandbox sandbox;
    private String token = "";

    private TestOrg(SalesforceSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Starts with hooks and logs in. */
    public static TestOrg start(Path state, UnaryOperator<SalesforceSettings> settings) throws Exception {
        TestOrg org = new TestOrg(SalesforceSandbox.start(
                settings.apply(SalesforceSettings.in(state).withHooks())));
        org.login();
        return org;
    }

    public static TestOrg start(Path state) throws Exception {
        return start(state, settings -> settings);
    }

    /** An answer. */
    public record Answer(int status, JsonNode json, String text, HttpResponse<String> response) {
        public String error() {
            return json.path(0).path("errorCode").asText();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public String url() {
        return sandbox.url();
    }

    public SalesforceSandbox sandbox() {
        return sandbox;
    }

    public String token() {
        return token;
    }

    public void login() throws Exception {
        Answer answer = form(
                "/services/oauth2/token",
                "grant_type=client_credentials&client_id=" + encode(sandbox.clientId()) + "&client_secret="
                        + encode(sandbox.clientSecret()));
        token = answer.json().path("access_token").asText();
    }

    public Answer form(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A call in the session; path after {@code /services/data/v60.0}, headers as name, value, name, value. */
    public Answer call(String method, String path, String body, String... headers) throws Exception {
        return raw(method, "/services/data/v60.0" + path, body, headers);
    }

    public Answer raw(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public Answer get(String path) throws Exception {
        return call("GET", path, "");
    }

    public Answer query(String soql, String... headers) throws Exception {
        return call("GET", "/query?q=" + encode(soql), "", headers);
    }

    /** Creates a record without the assignment rule and returns its id. */
    public String create(String object, String json) throws Exception {
        Answer answer = call("POST", "/sobjects/" + object, json, AUTO_ASSIGN, "FALSE");
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
        return answer.json().path("id").asText();
    }

    public Answer hook(String name, String json) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url() + "/__sandbox/" + name))
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public JsonNode stats() throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url() + "/__sandbox/stats"))
                        .GET())
                .json();
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String body = response.body();
        boolean json = body.startsWith("{") || body.startsWith("[");
        return new Answer(response.statusCode(), JSON.readTree(json ? body : "null"), body, response);
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Writes an export file. */
    public static void export(Path folder, String object, String... lines) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(object + ".csv"), java.util.List.of(lines));
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
