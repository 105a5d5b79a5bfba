package dev.rainmaker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.sandbox.salesforce.TestOrg;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as others start it: in a process of its own. */
class SandboxProcessTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path state;

    private static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sandbox.class.getName(),
                "start"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static JsonNode ready(Process process) throws Exception {
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return JSON.readTree(line).path("salesforce");
    }

    private static String token(JsonNode org) throws Exception {
        String form = "grant_type=client_credentials&client_id="
                + TestOrg.encode(org.path("clientId").asText()) + "&client_secret="
                + TestOrg.encode(org.path("clientSecret").asText());
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(org.path("url").asText() + "/services/oauth2/token"))
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    private static JsonNode call(JsonNode org, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(org.path("url").asText() + "/services/data/v60.0" + path))
                                .header("Authorization", "Bearer " + token(org))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    @Test
    void acknowledgedRecordSurvivesAKillAndCredentialsStay() throws Exception {
        Process first = start("--state", state.toString());
        JsonNode before = ready(first);
        String id = call(before, "POST", "/sobjects/Account", "{\"Name\":\"kept\"}")
                .path("id")
                .asText();
        first.destroyForcibly().waitFor();

        Process second = start("--state", state.toString());
        try {
            JsonNode after = ready(second);
            assertThat(call(after, "GET", "/sobjects/Account/" + id, "")
                            .path("Name")
                            .asText())
                    .isEqualTo("kept");
            assertThat(after.path("clientSecret")).isEqualTo(before.path("clientSecret"));
        } finally {
            second.destroy();
        }
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsWhenItsParentIsGone() throws Exception {
        Process process = start("--state", state.toString(), "--with-parent");
        ready(process);
        assertThat(process.isAlive()).isTrue();
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void portInUseIsOneClearSentence() throws Exception {
        try (TestOrg other = TestOrg.start(state)) {
            String port = String.valueOf(URI.create(other.url()).getPort());
            Process process = start("--state", state.resolve("b").toString(), "--port", port);
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(said.strip())
                    .startsWith("port " + port + " on 127.0.0.1 cannot be used")
                    .contains("--port")
                    .hasLineCount(1);
        }
    }

    @Test
    void newLeadsKeepArriving() throws Exception {
        Process process = start(
                "--state",
                state.toString(),
                "--systems",
                "salesforce",
                "--partners",
                "3",
                "--leads",
                "0",
                "--trickle",
                "PT0.05S");
        try {
            JsonNode org = ready(process);
            String query = "/query?q=" + TestOrg.encode("SELECT count() FROM Lead WHERE CreatedBy.Name = 'Web Form'");
            int seen = 0;
            for (int i = 0; i < 100 && seen < 3; i++) {
                Thread.sleep(50);
                seen = call(org, "GET", query, "").path("totalSize").asInt();
            }
            assertThat(seen).isGreaterThanOrEqualTo(3);
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
