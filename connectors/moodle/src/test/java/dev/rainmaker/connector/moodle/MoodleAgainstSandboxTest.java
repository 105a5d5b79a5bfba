package dev.rainmaker.connector.moodle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.Settings;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamNeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated Moodle in a process of its own, with a generated world; no code is shared with it. */
class MoodleAgainstSandboxTest {

    @TempDir
    static Path folder;

    private static Process sandbox;
    private static JsonNode site;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> jar = jar();
        assumeTrue(jar.isPresent(), "skipped: the sandbox has not been built (mvn -pl src/sandbox package)");
        sandbox = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.orElseThrow().toString(),
                        "start",
                        "--with-parent",
                        "--state",
                        folder.resolve("sandbox").toString(),
                        "--partners",
                        "12",
                        "--leads",
                        "5",
                        "--systems",
                        "moodle")
                .redirectError(folder.resolve("sandbox.err").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(sandbox.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).as("the sandbox says where it is").isNotNull();
        site = new ObjectMapper().readTree(line).path("moodle");
    }

    private static Optional<Path> jar() throws IOException {
        Path target = Path.of(System.getProperty("rainmaker.home", "../.."), "src", "sandbox", "target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(".*-all\\.jar|rainmaker-sandbox\\.jar"))
                    .sorted()
                    .findFirst();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (sandbox != null) {
            sandbox.getOutputStream().close();
            sandbox.waitFor();
        }
    }

    private static Connector open() {
        return new MoodleFactory()
                .open(
                        "lms",
                        new Settings(
                                new MoodleFactory().settings(),
                                Map.of(
                                        "url", site.path("url").asText(),
                                        "token", site.path("token").asText(),
                                        "page-size", "7")));
    }

    private static List<String> rest(String stream, Cursor from) {
        List<String> ids = new ArrayList<>();
        try (Connector connector = open()) {
            Page page = connector.read(stream, Set.of(), from);
            while (true) {
                page.records().stream().map(SourceRecord::id).forEach(ids::add);
                if (page.last()) {
                    return ids;
                }
                page = connector.read(stream, Set.of(), page.next());
            }
        }
    }

    @Test
    void theSitePassesItsCheck() {
        try (Connector connector = open()) {
            assertThat(connector
                            .check(Arrays.stream(MoodleStream.values())
                                    .map(stream -> new StreamNeed(stream.word(), Set.of(), Map.of()))
                                    .toList())
                            .findings())
                    .allSatisfy(finding -> assertThat(finding.severity().toString())
                            .as(finding.toString())
                            .isEqualTo("INFO"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "course_completion", "activity_completion", "grade", "badge"})
    void aStreamThatIsLeftInTheMiddleIsFinishedByAnotherProcessWithNothingTwice(String stream) {
        List<String> whole = rest(stream, null);
        assertThat(whole).isNotEmpty().doesNotHaveDuplicates();

        List<String> before = new ArrayList<>();
        Cursor cursor = null;
        for (int pages = 0; pages < 3; pages++) {
            try (Connector killed = open()) {
                Page page = killed.read(stream, Set.of(), cursor);
                page.records().stream().map(SourceRecord::id).forEach(before::add);
                cursor = page.next();
            }
        }
        before.addAll(rest(stream, cursor));

        assertThat(before).doesNotHaveDuplicates();
        assertThat(new HashSet<>(before)).isEqualTo(new HashSet<>(whole));
    }
}
