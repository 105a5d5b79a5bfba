package dev.rainmaker.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.app.endtoend.SandboxPortal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code setup} against a portal that has nothing of ours, and against systems in which nothing can be made. */
class SetupCommandTest {

    @TempDir
    Path folder;

    private Path configuration(String connection) throws IOException {
        return Files.writeString(
                folder.resolve("rainmaker.yaml"),
                "mappings: " + Home.folder().resolve("mappings") + "\nconnections:\n" + connection);
    }

    private Path hub(SandboxPortal portal) throws IOException {
        Map<String, String> settings = portal.settings();
        Path token = Files.writeString(folder.resolve("token"), settings.get("access-token"));
        return configuration("  hub: { type: hubspot, api-url: \"" + settings.get("api-url")
                + "\", access-token: \"${file:" + token + "}\" }\n");
    }

    private static Verb setup(Path configuration, String... more) {
        List<String> arguments = new ArrayList<>(List.of("setup", "hub", "--config", configuration.toString()));
        arguments.addAll(List.of(more));
        return Verb.run(arguments.toArray(String[]::new));
    }

    @Test
    void showsThePlanCreatesItAfterAYesAndThenHasNothingToDo() throws Exception {
        try (SandboxPortal portal = SandboxPortal.start(folder.resolve("portal"))) {
            Path configuration = hub(portal);

            Verb shown = setup(configuration);
            assertThat(shown.code()).as(shown.err()).isZero();
            assertThat(shown.out())
                    .contains("hub lacks 17 things:")
                    .contains("create property rainmaker_partner of contacts (string, holds a record's id)")
                    .contains("create property rainmaker_lock_until of deals (datetime)")
                    .contains("Nothing was created.");
            JsonNode planned = setup(configuration, "-o", "json").json();
            assertThat(planned.path("created").asBoolean()).isFalse();
            assertThat(planned.path("steps")).hasSize(17);

            Verb made = setup(configuration, "--yes");
            assertThat(made.code()).as(made.out() + made.err()).isZero();
            assertThat(made.out().lines().filter(line -> line.startsWith("  done  ")))
                    .hasSize(17);

            Verb again = setup(configuration, "--yes");
            assertThat(again.code()).isZero();
            assertThat(again.out()).contains("hub has everything that Rainmaker writes");
        }
    }

    @Test
    void aSystemInWhichNothingCanBeMadeIsNotCalledAndSaysSo() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef");
        Verb said = setup(configuration(
                "  hub: { type: moodle, url: \"http://127.0.0.1:1\", token: \"${file:" + token + "}\" }\n"));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("hub: Rainmaker cannot create anything in this system")
                .contains("by hand");
    }
}
