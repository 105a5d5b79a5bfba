package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.StreamState;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A portal and an academy are read for the first time, and the process is killed in the middle of one stream after the other:
 * the facts, the decisions and what the portal shows are those of an undisturbed pass, nothing was stored twice, and of each
 * stream one page at most was asked for again.
 */
class CrashStreamsTest {

    private static final int PAGE = 10;
    private static final Instant AS_OF = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String[] WRITTEN = {"rainmaker_partner", "rainmaker_reason", "rainmaker_decision_id"};

    /** In the order in which they are read. */
    private static final List<String> KILLS = List.of(
            "PAGE_COMMITTED@hub/companies:2",
            "PAGE_FETCHED@hub/contacts:3",
            "PAGE_COMMITTED@hub/deals:2",
            "PAGE_COMMITTED@hub/email_engagement:1",
            "PAGE_FETCHED@hub/event_attendance:2",
            "PAGE_COMMITTED@hub/form_submissions:1",
            "PAGE_COMMITTED@academy/badge:1",
            "PAGE_FETCHED@academy/course_completion:3",
            "PAGE_COMMITTED@academy/user:2");

    @TempDir
    static Path folder;

    /** What it all came to. */
    private record Outcome(
            Map<String, String> facts,
            Map<String, String> decisions,
            Map<String, String> shown,
            Map<String, Long> records,
            int lists,
            int completions,
            int badges) {}

    /** On a copy of the world and a ledger of its own: the kills, then passes to the end. */
    private static Outcome round(Path world, Path to, List<String> kills) throws Exception {
        SandboxOrg.copy(world, to.resolve("world"));
        try (SandboxPortal portal = SandboxPortal.start(
                to.resolve("world"),
                "--systems",
                "moodle",
                "--set",
                "hubspot.burst-limit=100000",
                "--set",
                "hubspot.search-per-second=1000")) {
            TestPostgres.TestDatabase database = TestPostgres.migrated();
            Map<String, String> hub = new HashMap<>(portal.settings());
            hub.put("page-size", Integer.toString(PAGE));
            hub.put("overlap", "PT0S");
            Map<String, String> academy = new HashMap<>(portal.academySettings());
            academy.put("page-size", Integer.toString(PAGE));
            academy.put("reach-back", "PT1S");
            PassProcess pass = new PassProcess(
                    to,
                    configuration(to, database, hub, academy),
                    to.resolve("state"),
                    AS_OF,
                    Map.of(
                            "HUB_TOKEN", hub.get("access-token"),
                            "HUB_SECRET", hub.get("client-secret"),
                            "ACADEMY_TOKEN", academy.get("token"),
                            "LEDGER_PASSWORD", database.password()));
            for (String point : kills) {
                pass.crashAt(point);
            }
            RainmakerConfiguration of = RainmakerConfiguration.of(Home.folder())
                    .withConnection("hub", "hubspot", hub)
                    .withConnection("academy", "moodle", academy)
                    .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password()));
            try (Rainmaker rainmaker =
                    Rainmaker.open(of, to.resolve("state"), Clock.fixed(AS_OF, ZoneOffset.UTC), Progress.SILENT)) {
                rainmaker.pass(null, false, Duration.ofSeconds(60));
                Map<String, Long> records = records(rainmaker);
                rainmaker.pass(null, false, Duration.ofSeconds(60));
                return new Outcome(
                        CrashWorld.facts(rainmaker),
                        CrashWorld.decisions(rainmaker),
                        shown(portal),
                        records,
                        portal.calls("list"),
                        portal.academyCalls("core_completion_get_course_completion_status"),
                        portal.academyCalls("core_badges_get_user_badges"));
            }
        }
    }

    private static Map<String, Long> records(Rainmaker rainmaker) {
        return rainmaker.streamLedger().streams().stream()
                .collect(Collectors.toMap(
                        state -> state.connection() + "/" + state.name(),
                        StreamState::records,
                        Long::sum,
                        TreeMap::new));
    }

    private static Map<String, String> shown(SandboxPortal portal) throws Exception {
        Map<String, String> shown = new TreeMap<>();
        for (Map.Entry<String, JsonNode> contact :
                portal.all("contacts", WRITTEN).entrySet()) {
            shown.put(
                    contact.getKey(),
                    contact.getValue().path("rainmaker_partner") + " "
                            + contact.getValue().path("rainmaker_decision_id"));
        }
        return shown;
    }

    private static Path configuration(
            Path to, TestPostgres.TestDatabase database, Map<String, String> hub, Map<String, String> academy)
            throws Exception {
        return Files.writeString(to.resolve("rainmaker.yaml"), """
                mappings: %1$s/mappings
                policies: %1$s/policies
                routes: %1$s/routes
                ledger: { url: "%2$s", user: "%3$s", password: "${env:LEDGER_PASSWORD}" }
                connections:
                  hub:
                    type: hubspot
                    api-url: %4$s
                    access-token: ${env:HUB_TOKEN}
                    client-secret: ${env:HUB_SECRET}
                    portal-id: %5$s
                    page-size: %6$d
                    overlap: PT0S
                    calls-per-10-seconds: 100000
                    searches-per-second: 1000
                  academy:
                    type: moodle
                    url: %7$s
                    token: ${env:ACADEMY_TOKEN}
                    page-size: %6$d
                    reach-back: PT1S
                """.formatted(
                        Home.folder(),
                        database.jdbcUrl(),
                        database.user(),
                        hub.get("api-url"),
                        hub.get("portal-id"),
                        PAGE,
                        academy.get("url")));
    }

    @Test
    void streamsKilledInTheirMiddleGoOnWhereTheyStood() throws Exception {
        Path world = folder.resolve("world");
        SandboxPortal.start(world, "--systems", "moodle", "--seed", "7", "--partners", "20", "--leads", "40")
                .close();
        Outcome undisturbed = round(world, Files.createDirectories(folder.resolve("undisturbed")), List.of());
        Outcome killed = round(world, Files.createDirectories(folder.resolve("killed")), KILLS);

        assertThat(killed.facts()).isEqualTo(undisturbed.facts());
        assertThat(killed.decisions()).isNotEmpty().isEqualTo(undisturbed.decisions());
        assertThat(killed.shown()).isEqualTo(undisturbed.shown());
        assertThat(killed.records())
                .as("records stored, repeats included; events that are not over are read by every pass")
                .allSatisfy((stream, count) -> assertThat(count)
                        .as(stream)
                        .isBetween(
                                undisturbed.records().get(stream),
                                stream.endsWith("event_attendance")
                                        ? Long.MAX_VALUE
                                        : undisturbed.records().get(stream)));
        assertThat(killed.lists())
                .as("pages of companies, contacts and deals: one again of each")
                .isLessThanOrEqualTo(undisturbed.lists() + 3);
        assertThat(killed.completions())
                .as("calls of one page again")
                .isLessThanOrEqualTo(undisturbed.completions() + PAGE);
        assertThat(killed.badges()).as("calls of one page again").isLessThanOrEqualTo(undisturbed.badges() + PAGE);
    }
}
