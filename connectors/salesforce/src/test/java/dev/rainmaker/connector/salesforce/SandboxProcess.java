package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.Settings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sandbox's Salesforce org in a process of its own: no code is shared with it. */
final class SandboxProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final JsonNode org;
    private final List<Connector> opened = new ArrayList<>();

    private SandboxProcess(Process process, JsonNode org) {
        this.process = process;
        this.org = org;
    }

    /** The jar of the sandbox module, where it has been built. */
    static Optional<Path> jar() throws IOException {
        Path target = Path.of(System.getProperty("rainmaker.home", ""), "src", "sandbox", "target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-all.jar"))
                    .findFirst();
        }
    }

    static SandboxProcess start(Path jar, Path state, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "start",
                "--hooks",
                "--with-parent",
                "--state",
                state.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(new File(state.toFile().getParentFile(), "sandbox.err"))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the sandbox did not start");
        }
        return new SandboxProcess(process, JSON.readTree(line).path("salesforce"));
    }

    Connector open(String... keysAndValues) {
        Map<String, String> given = new HashMap<>(Map.of(
                "login-url", org.path("url").asText(),
                "client-id", org.path("clientId").asText(),
                "client-secret", org.path("clientSecret").asText()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        SalesforceFactory factory = new SalesforceFactory();
        Connector connector = factory.open("crm", new Settings(factory.settings(), given));
        opened.add(connector);
        return connector;
    }

    JsonNode hook(String name, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(org.path("url").asText() + "/__sandbox/" + name))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("hook " + name + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() throws Exception {
        opened.forEach(Connector::close);
        process.getOutputStream().close();
        process.waitFor();
    }
}
