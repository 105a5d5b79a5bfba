package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.runtime.StandingJobs;
import dev.rainmaker.app.schedule.Schedules;
import dev.rainmaker.app.web.WebServer;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job against a simulated HubSpot portal over HTTP, and what may go wrong on the way back and by webhook. */
class HubspotJobTest {

    private static final String[] WRITTEN = {"rainmaker_partner", "rainmaker_reason", "rainmaker_decision_id"};

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private SandboxPortal portal;
    private RainmakerConfiguration configuration;

    @BeforeAll
    static void makeWorld() throws Exception {
        SandboxPortal.start(made, "--seed", "7", "--partners", "20", "--leads", "60")
                .close();
    }

    @BeforeEach
    void start() throws Exception {
        SandboxOrg.copy(made, folder.resolve("portal"));
        portal = SandboxPortal.start(folder.resolve("portal"));
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        configuration = RainmakerConfiguration.of(Home.folder())
                .withConnection("hub", "hubspot", portal.settings())
                .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password()));
    }

    @AfterEach
    void stop() throws Exception {
        portal.close();
    }

    private Rainmaker open() {
        return Rainmaker.open(configuration, folder.resolve("state"), Clock.systemUTC(), Progress.SILENT);
    }

    private static void pass(Rainmaker rainmaker) {
        rainmaker.pass(null, false, Duration.ofSeconds(30));
    }

    private static List<StoredDecision> assigned(Rainmaker rainmaker) {
        return rainmaker.decisions().latest(10_000).stream()
                .filter(decision -> decision.partner() != null)
                .toList();
    }

    private static String partner(StoredDecision decision) {
        return java.util.Objects.requireNonNull(decision.partner()).id();
    }

    private String shownPartner(RecordId lead) throws Exception {
        return portal.all("contacts", WRITTEN)
                .get(lead.id())
                .path("rainmaker_partner")
                .asText();
    }

    @Test
    void onePassAssignsThePortalShowsItAndTheSecondWritesNothing() throws Exception {
        try (Rainmaker rainmaker = open()) {
            pass(rainmaker);
            assertThat(rainmaker.outbox().counts()).containsOnlyKeys("confirmed");
            List<StoredDecision> decisions = assigned(rainmaker);
            assertThat(decisions).isNotEmpty();
            Map<String, JsonNode> contacts = portal.all("contacts", WRITTEN);
            for (StoredDecision decision : decisions) {
                JsonNode shown = contacts.get(decision.lead().id());
                assertThat(shown.path("rainmaker_partner").asText()).isEqualTo(partner(decision));
                assertThat(shown.path("rainmaker_decision_id").asText()).isEqualTo(decision.id());
                assertThat(shown.path("rainmaker_reason").asText()).isNotEmpty();
            }
            assertThat(rainmaker.facts().count(FactKind.ENGAGEMENT)).isPositive();
            int writes = portal.calls("batchUpdate");
            assertThat(writes).isLessThanOrEqualTo(2);
            pass(rainmaker);
            assertThat(portal.calls("batchUpdate")).isEqualTo(writes);
            assertThat(rainmaker.deadLetters().open(10)).isEmpty();
        }
    }

    @Test
    void partnerChosenByAPersonAfterTheDecisionIsKeptAndRecorded() throws Exception {
        try (Rainmaker rainmaker = open()) {
            portal.hook(
                    "faults",
                    Map.of("kind", "batchUpdate", "status", 503, "times", 3, "headers", Map.of("Retry-After", "2")));
            rainmaker.pass(null, false, Duration.ZERO);
            StoredDecision ours = assigned(rainmaker).get(0);
            String chosen = assigned(rainmaker).stream()
                    .map(HubspotJobTest::partner)
                    .filter(other -> !other.equals(partner(ours)))
                    .findFirst()
                    .orElse("50000000013");
            portal.edit("contacts", ours.lead().id(), Map.of("rainmaker_partner", chosen));
            portal.hook("reset", Map.of());
            pass(rainmaker);
            assertThat(shownPartner(ours.lead())).isEqualTo(chosen);
            assertThat(rainmaker.decisions().ofLead(ours.lead()))
                    .extracting(StoredDecision::outcome)
                    .containsExactly("overridden", "assigned");
            assertThat(rainmaker.outbox().counts()).doesNotContainKey("dead");
        }
    }

    @Test
    void ofABatchThatFailsInPartEachRecordHasItsOwnEnd() throws Exception {
        try (Rainmaker rainmaker = open()) {
            List<String> leads = List.copyOf(portal.all("contacts", "lifecyclestage").entrySet().stream()
                    .filter(contact ->
                            contact.getValue().path("lifecyclestage").asText().equals("lead"))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toList()));
            for (String lead : leads) {
                portal.hook(
                        "row-faults",
                        Map.of(
                                "id",
                                lead,
                                "status",
                                400,
                                "category",
                                "VALIDATION_ERROR",
                                "message",
                                "not so",
                                "times",
                                1));
            }
            pass(rainmaker);
            Map<String, Long> ends = rainmaker.outbox().counts();
            assertThat(ends).containsKey("confirmed");
            long dead = rainmaker.deadLetters().open(1_000).size();
            assertThat(ends.getOrDefault("dead", 0L)).isEqualTo(dead);
            assertThat(rainmaker.deadLetters().open(1_000))
                    .allSatisfy(letter -> assertThat(letter.reason())
                            .contains("VALIDATION_ERROR")
                            .contains("not so"));
        }
    }

    @Test
    void everyLimitIsWaitedOutAndNothingIsWrittenTwice() throws Exception {
        try (Rainmaker rainmaker = open()) {
            for (String body : List.of("{\"status\":\"error\",\"message\":\"You have reached your secondly"
                    + " limit.\",\"errorType\":\"RATE_LIMIT\"}")) {
                portal.hook("faults", Map.of("kind", "list", "status", 429, "times", 1, "body", body));
                portal.hook("faults", Map.of("kind", "batchUpdate", "status", 429, "times", 1, "body", body));
            }
            pass(rainmaker);
            assertThat(rainmaker.outbox().counts()).containsOnlyKeys("confirmed");
            for (StoredDecision decision : assigned(rainmaker)) {
                assertThat(shownPartner(decision.lead())).isEqualTo(partner(decision));
            }
        }
    }

    @Test
    void changesThatTheSearchFindsLateAreFoundByTheNextSyncOnce() throws Exception {
        try (Rainmaker rainmaker = open()) {
            pass(rainmaker);
            portal.hook("profile", Map.of("search-lag", "PT5S"));
            String id = portal.edit(
                    "contacts",
                    null,
                    Map.of(
                            "email",
                            "late@late.example",
                            "lastname",
                            "Late",
                            "company",
                            "Late GmbH",
                            "lifecyclestage",
                            "lead"));
            RecordId lead = new RecordId("hub", id);
            long begun = System.nanoTime();
            pass(rainmaker);
            if (System.nanoTime() - begun < 5_000_000_000L) {
                assertThat(rainmaker.facts().find(FactKind.LEAD, lead, Lead.class))
                        .isEmpty();
            }
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (rainmaker.facts().find(FactKind.LEAD, lead, Lead.class).isEmpty() && System.nanoTime() < deadline) {
                pass(rainmaker); // until the portal's search finds it: the simulated delay is real time
            }
            assertThat(rainmaker.facts().find(FactKind.LEAD, lead, Lead.class)).isPresent();
            assertThat(portal.all("contacts", "email").values())
                    .filteredOn(contact -> contact.path("email").asText().equals("late@late.example"))
                    .hasSize(1);
        }
    }

    // ---- webhooks ----

    private HttpResponse<String> deliver(String url, String body, String secret, long at) throws Exception {
        String target = url + "api/intake/hub/webhook";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = Base64.getEncoder()
                .encodeToString(mac.doFinal(("POST" + target + body + at).getBytes(StandardCharsets.UTF_8)));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(target))
                                .header("X-HubSpot-Signature-v3", signature)
                                .header("X-HubSpot-Request-Timestamp", String.valueOf(at))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static long stored(Rainmaker rainmaker) {
        return rainmaker
                .ledger()
                .jdbc()
                .sql("select count(*) from inbox")
                .query(Long.class)
                .single();
    }

    @Test
    void webhooksReplayedForgedLateAndOutOfOrderLeaveWhatThePortalHolds() throws Exception {
        try (Rainmaker rainmaker = open()) {
            rainmaker.pass(null, false, Duration.ofSeconds(30));
            Schedules schedules = new Schedules(
                    rainmaker.ledger().dataSource(), Clock.systemUTC(), StandingJobs.of(rainmaker, Clock.systemUTC()));
            try (schedules;
                    WebServer web = WebServer.start(rainmaker, schedules, folder, 0, false)) {
                String id = portal.edit(
                        "contacts", null, Map.of("lastname", "New", "company", "New GmbH", "lifecyclestage", "lead"));
                long now = System.currentTimeMillis();
                String created = "[" + portal.event("contact.creation", id, now) + "]";

                HttpResponse<String> forged = deliver(web.url(), created, "not-the-secret", now);
                assertThat(forged.statusCode()).isEqualTo(401);
                assertThat(forged.body()).isEmpty();
                assertThat(deliver(web.url(), created, portal.clientSecret(), now - 300_500)
                                .statusCode())
                        .isEqualTo(401);
                assertThat(deliver(web.url(), created, portal.clientSecret(), now + 360_000)
                                .statusCode())
                        .isEqualTo(401);
                assertThat(stored(rainmaker)).isZero();

                assertThat(deliver(web.url(), created, portal.clientSecret(), now)
                                .statusCode())
                        .isEqualTo(204);
                assertThat(stored(rainmaker)).isEqualTo(1);
                assertThat(deliver(
                                        web.url(),
                                        created.replace("\"attemptNumber\":0", "\"attemptNumber\":4"),
                                        portal.clientSecret(),
                                        now + 1)
                                .statusCode())
                        .isEqualTo(204);
                assertThat(stored(rainmaker)).as("the same event again").isEqualTo(1);
                rainmaker.intake().workOff();
                RecordId lead = new RecordId("hub", id);
                assertThat(rainmaker.facts().find(FactKind.LEAD, lead, Lead.class))
                        .isPresent();

                // deleted at last; the events arrive the wrong way round
                portal.hook("delete", Map.of("object", "contacts", "id", Long.parseLong(id)));
                deliver(
                        web.url(),
                        "[" + portal.event("contact.deletion", id, now + 2_000) + "]",
                        portal.clientSecret(),
                        now + 2);
                deliver(
                        web.url(),
                        "["
                                + portal.event("contact.propertyChange", id, now + 1_000)
                                        .put("propertyName", "company") + "]",
                        portal.clientSecret(),
                        now + 3);
                rainmaker.intake().workOff();
                assertThat(rainmaker.facts().find(FactKind.LEAD, lead, Lead.class))
                        .isEmpty();
            }
        }
    }

    @Test
    void aConnectionWithoutASecretTakesNoWebhooksAndAnUnknownOneTellsNothing() throws Exception {
        Map<String, String> settings = new HashMap<>(portal.settings());
        settings.remove("client-secret");
        configuration = RainmakerConfiguration.of(Home.folder())
                .withConnection("hub", "hubspot", settings)
                .withLedger(configuration.ledger().orElseThrow());
        try (Rainmaker rainmaker = open()) {
            Schedules schedules = new Schedules(
                    rainmaker.ledger().dataSource(), Clock.systemUTC(), StandingJobs.of(rainmaker, Clock.systemUTC()));
            try (schedules;
                    WebServer web = WebServer.start(rainmaker, schedules, folder, 0, false)) {
                long now = System.currentTimeMillis();
                assertThat(deliver(web.url(), "[]", "x", now).statusCode()).isEqualTo(401);
                HttpResponse<String> unknown = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(web.url() + "api/intake/nobody/webhook"))
                                        .POST(HttpRequest.BodyPublishers.ofString("[]"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(unknown.statusCode()).isEqualTo(401);
                assertThat(unknown.body()).isEmpty();
            }
        }
    }
}
