package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.runtime.StandingJobs;
import dev.rainmaker.app.schedule.Schedules;
import dev.rainmaker.app.web.WebServer;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.net.ServerSocket;
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
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a portal pushes, through the whole application: whatever happens to a delivery, the facts are what the portal holds. */
class HubspotWebhookTest {

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private SandboxPortal portal;
    private TestPostgres.TestDatabase database;
    private int port;

    @BeforeAll
    static void makeWorld() throws Exception {
        SandboxPortal.start(made, "--seed", "7", "--partners", "6", "--leads", "10")
                .close();
    }

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        SandboxOrg.copy(made, folder.resolve("portal"));
        portal = SandboxPortal.start(
                folder.resolve("portal"), "--webhook", "http://localhost:" + port + "/api/intake/hub/webhook");
        portal.hook("profile", Map.of("webhook-timeout", "PT1S", "webhook-first-retry", "PT0.3S"));
        database = TestPostgres.migrated();
    }

    @AfterEach
    void stop() throws Exception {
        portal.close();
    }

    /** What a test does while the application serves. */
    private interface Body {
        void run(Rainmaker rainmaker, WebServer web) throws Exception;
    }

    private void serve(Map<String, String> settings, Body body) throws Exception {
        RainmakerConfiguration configuration = RainmakerConfiguration.of(Home.folder())
                .withConnection("hub", "hubspot", settings)
                .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password()));
        try (Rainmaker rainmaker =
                        Rainmaker.open(configuration, folder.resolve("state"), Clock.systemUTC(), Progress.SILENT);
                Schedules schedules = new Schedules(
                        rainmaker.ledger().dataSource(),
                        Clock.systemUTC(),
                        StandingJobs.of(rainmaker, Clock.systemUTC()));
                WebServer web = WebServer.start(rainmaker, schedules, folder, port, false)) {
            body.run(rainmaker, web);
        }
    }

    private String person(String name) throws Exception {
        return portal.edit(
                "contacts", null, Map.of("lastname", name, "company", name + " GmbH", "lifecyclestage", "lead"));
    }

    private static boolean knows(Rainmaker rainmaker, String id) {
        return rainmaker
                .facts()
                .find(FactKind.LEAD, new RecordId("hub", id), Lead.class)
                .isPresent();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited in vain: " + what).isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** One pass; what the portal has to tell of the pass's own writes is lost, so it is not counted with a test's own events. */
    private void passUnheard(Rainmaker rainmaker) throws Exception {
        portal.hook("webhook-faults", Map.of("drop", 1_000));
        rainmaker.pass(null, false, Duration.ofSeconds(30));
        await("the portal gave its events away", () -> portal.stat("webhooksWaiting") == 0);
        portal.hook("webhook-faults", Map.of());
    }

    @Test
    void aLostDeliveryIsRepairedByTheNextSync() throws Exception {
        serve(portal.settings(), (rainmaker, web) -> {
            passUnheard(rainmaker);
            portal.hook("webhook-faults", Map.of("drop", 100));
            String id = person("Lost");
            await("the portal gave the event away", () -> portal.stat("webhooksWaiting") == 0);

            assertThat(portal.stat("webhooksDelivered")).isZero();
            assertThat(stored(rainmaker)).isZero();
            assertThat(knows(rainmaker, id)).isFalse();
            rainmaker.pass(null, false, Duration.ofSeconds(30));
            assertThat(knows(rainmaker, id)).isTrue();
        });
    }

    @Test
    void forgedLateDoubledAndShuffledDeliveriesOfThePortalItselfAddUpToWhatItHolds() throws Exception {
        serve(portal.settings(), (rainmaker, web) -> {
            passUnheard(rainmaker);
            portal.hook("webhook-faults", Map.of("forge", 1));
            String forged = person("Forged");
            await("the forged delivery was refused", () -> portal.stat("webhooksRefused") == 1);
            portal.hook("webhook-faults", Map.of("late", 1));
            String late = person("Late");
            await("the late delivery was refused", () -> portal.stat("webhooksRefused") == 2);
            assertThat(stored(rainmaker)).isZero();

            portal.hook("webhook-faults", Map.of("duplicate", 100, "shuffle", true));
            String stays = person("Stays");
            String goes = person("Goes");
            portal.edit("contacts", stays, Map.of("company", "Changed GmbH"));
            portal.hook("delete", Map.of("object", "contacts", "id", Long.parseLong(goes)));
            await("every event arrived", () -> portal.stat("webhooksWaiting") == 0);

            rainmaker.intake().workOff();
            assertThat(knows(rainmaker, goes)).isFalse();
            assertThat(rainmaker
                            .facts()
                            .find(FactKind.LEAD, new RecordId("hub", stays), Lead.class)
                            .orElseThrow()
                            .company())
                    .isEqualTo("Changed GmbH");
            assertThat(stored(rainmaker))
                    .as("each event once, however often it came")
                    .isEqualTo(rainmaker
                            .ledger()
                            .jdbc()
                            .sql("select count(distinct key) from inbox")
                            .query(Long.class)
                            .single());
            rainmaker.pass(null, false, Duration.ofSeconds(30));
            assertThat(List.of(knows(rainmaker, forged), knows(rainmaker, late)))
                    .as("what a refused delivery told of comes with the sync")
                    .containsOnly(true);
        });
    }

    @Test
    void whileTheDatabaseIsDownTheVendorIsToldToComeBackAndAfterwardsNothingIsMissing() throws Exception {
        serve(portal.settings(), (rainmaker, web) -> {
            passUnheard(rainmaker);
            database.setReachable(false);
            String id = person("Patient");
            await("a delivery was tried and refused", () -> portal.stat("webhooksRefused") > 0);
            assertThat(portal.stat("webhooksDelivered")).isZero();

            database.setReachable(true);
            await("the portal came again", () -> portal.stat("webhooksWaiting") == 0);
            rainmaker.intake().workOff();
            assertThat(knows(rainmaker, id)).isTrue();

            rainmaker.ledger().close();
            long now = System.currentTimeMillis();
            HttpResponse<String> told = deliver(
                    web.url(), "[" + portal.event("contact.creation", id, now) + "]", portal.clientSecret(), now);
            assertThat(told.statusCode()).isEqualTo(503);
            assertThat(told.headers().firstValue("Retry-After")).contains("5");
        });
    }

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
        portal.hook("webhook-faults", Map.of("drop", 1_000));
        serve(portal.settings(), (rainmaker, web) -> {
            rainmaker.pass(null, false, Duration.ofSeconds(30));
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

            assertThat(deliver(web.url(), created, portal.clientSecret(), now).statusCode())
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
            assertThat(rainmaker.facts().find(FactKind.LEAD, lead, Lead.class)).isPresent();

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
            assertThat(rainmaker.facts().find(FactKind.LEAD, lead, Lead.class)).isEmpty();
        });
    }

    @Test
    void aConnectionWithoutASecretTakesNoWebhooksAndAnUnknownOneTellsNothing() throws Exception {
        Map<String, String> settings = new HashMap<>(portal.settings());
        settings.remove("client-secret");
        serve(settings, (rainmaker, web) -> {
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
        });
    }
}
