package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.connector.SetupPlan;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job against a simulated HubSpot portal over HTTP, and what may go wrong on the way back. */
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
        // ten minutes ago, so that tests may set the portal's clock back
        SandboxPortal.start(
                        made,
                        "--seed",
                        "7",
                        "--partners",
                        "20",
                        "--leads",
                        "60",
                        "--set",
                        "hubspot.clock=" + Instant.now().minus(Duration.ofMinutes(10)))
                .close();
    }

    @BeforeEach
    void start() throws Exception {
        SandboxOrg.copy(made, folder.resolve("portal"));
        portal = SandboxPortal.start(
                folder.resolve("portal"),
                "--set",
                "hubspot.search-per-second=1000",
                "--set",
                "hubspot.burst-limit=100000");
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
    void ofTwoMergedContactsTheOneThatRemainsHasThePartnerOfTheOneThatWent() throws Exception {
        try (Rainmaker rainmaker = open()) {
            pass(rainmaker);
            StoredDecision given = assigned(rainmaker).get(0);
            String stays = portal.edit(
                    "contacts", null, Map.of("lastname", "Kern", "company", "Nirgendwo AG", "lifecyclestage", "lead"));
            pass(rainmaker);
            assertThat(shownPartner(new RecordId("hub", stays)))
                    .as("nobody sells nowhere")
                    .isIn("", "null");

            String remains = portal.merge("contacts", stays, given.lead().id());
            pass(rainmaker);

            assertThat(shownPartner(new RecordId("hub", remains))).isEqualTo(partner(given));
            assertThat(rainmaker
                            .decisions()
                            .ofLead(new RecordId("hub", remains))
                            .get(0)
                            .partner())
                    .as("HubSpot gives the one that remains what it lacked: also the partner, which is kept")
                    .isEqualTo(given.partner());
            assertThat(rainmaker.facts().find(FactKind.LEAD, given.lead(), Lead.class))
                    .as("without a full read")
                    .isEmpty();
            assertThat(new LifeLedger(rainmaker.ledger())
                            .find(given.lead())
                            .orElseThrow()
                            .state())
                    .isEqualTo(new LeadState.Ended(LeadState.End.MERGED, given.partner()));
        }
    }

    @Test
    void theOlderGenerationOfTheApiDoesTheWholeJobToo() throws Exception {
        Map<String, String> settings = portal.settings();
        settings.put("api-version", "v3");
        configuration = RainmakerConfiguration.of(Home.folder())
                .withConnection("hub", "hubspot", settings)
                .withLedger(configuration.ledger().orElseThrow());
        try (Rainmaker rainmaker = open()) {
            pass(rainmaker);
            pass(rainmaker);

            assertThat(rainmaker.deadLetters().open(10)).isEmpty();
            assertThat(rainmaker.outbox().counts()).containsOnlyKeys("confirmed");
            for (FactKind kind :
                    List.of(FactKind.PARTNER, FactKind.PERSON, FactKind.OPPORTUNITY, FactKind.ENGAGEMENT)) {
                assertThat(rainmaker.facts().count(kind)).as(kind.toString()).isPositive();
            }
            assertThat(assigned(rainmaker)).isNotEmpty();
            for (StoredDecision decision : assigned(rainmaker)) {
                assertThat(shownPartner(decision.lead())).isEqualTo(partner(decision));
            }
            assertThat(portal.calls("search")).isPositive();
            assertThat(portal.stat("dated")).as("calls by dated paths").isZero();
        }
    }

    @Test
    void aClickThatThePortalNoLongerKeepsStaysOneAfterAFullRead() throws Exception {
        try (Rainmaker rainmaker = open()) {
            pass(rainmaker);
            String contact = portal.all("contacts", "hs_email_last_click_date").entrySet().stream()
                    .filter(each -> each.getValue().hasNonNull("hs_email_last_click_date"))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            int clicks = clicks(rainmaker, contact);
            assertThat(clicks).isPositive();
            for (int i = 0; i < 25; i++) { // more than a property's history keeps
                Instant click = Instant.now().minusSeconds(1_000 - i);
                portal.hook("click", Map.of("id", Long.parseLong(contact), "at", click.toString()));
            }

            rainmaker.pass(null, true, Duration.ofSeconds(30));

            assertThat(clicks(rainmaker, contact)).isBetween(clicks + 20, clicks + 25);
        }
    }

    private static int clicks(Rainmaker rainmaker, String contact) {
        return rainmaker
                .ledger()
                .jdbc()
                .sql("select count(*) from fact where kind = 'engagement' and id like ? and until_seq is null")
                .param("%" + contact + ":click:%")
                .query(Integer.class)
                .single();
    }

    @Test
    void theScopesOfTheDocumentAreEnough() throws Exception {
        String document = Files.readString(Home.folder().resolve("docs/connect-hubspot.md"));
        String table = document.substring(document.indexOf("| scope |"), document.indexOf("Create the app"));
        String scopes = Pattern.compile("`([a-z_.]+)`")
                .matcher(table)
                .results()
                .map(scope -> scope.group(1))
                .filter(scope -> scope.equals("forms") || scope.startsWith("crm."))
                .collect(Collectors.joining(","));
        portal.hook("profile", Map.of("scopes", scopes));
        portal.hook("property", Map.of("object", "contacts", "name", "rainmaker_reason"));
        try (Rainmaker rainmaker = open()) {
            LiveConnection hub = rainmaker.connections().find("hub").orElseThrow();
            assertThat(hub.connector()
                            .setUp(Mappings.load(Home.folder().resolve("mappings"), "hubspot")
                                    .needs()))
                    .singleElement()
                    .matches(SetupPlan.Done::succeeded);
            assertThat(hub.check().passed()).as(hub.check().toString()).isTrue();
            pass(rainmaker);
            assertThat(rainmaker.facts().count(FactKind.ENGAGEMENT)).isPositive();
            assertThat(rainmaker.outbox().counts()).containsOnlyKeys("confirmed");
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
    void whatTheSearchFindsOnlyAfterAMinuteIsReadOnceAssignedOnceAndNeverLost() throws Exception {
        Instant madeAt = Instant.now().minusSeconds(60);
        portal.hook("profile", Map.of("clock", madeAt.minusSeconds(60).toString()));
        try (Rainmaker rainmaker = open()) {
            pass(rainmaker);
            int before = portal.all("contacts", "email").size();
            portal.hook("profile", Map.of("search-lag", "PT60S", "clock", madeAt.toString()));
            RecordId late = newLead("late");
            portal.hook("profile", Map.of("search-lag-scattered", "true"));
            List<RecordId> scattered = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                scattered.add(newLead("scattered" + i));
            }

            for (int later : List.of(20, 40, 59)) {
                portal.hook("profile", Map.of("clock", madeAt.plusSeconds(later).toString()));
                pass(rainmaker);
                assertThat(rainmaker.facts().find(FactKind.LEAD, late, Lead.class))
                        .as("found by the search only " + later + " s after it was made")
                        .isEmpty();
            }
            portal.hook("profile", Map.of("clock", madeAt.plusSeconds(60).toString()));
            pass(rainmaker);
            pass(rainmaker);

            scattered.add(late);
            for (RecordId lead : scattered) {
                assertThat(rainmaker.facts().find(FactKind.LEAD, lead, Lead.class))
                        .as(lead.toString())
                        .isPresent();
                assertThat(rainmaker.decisions().ofLead(lead))
                        .as("decisions on " + lead)
                        .hasSize(1);
            }
            assertThat(portal.all("contacts", "email")).hasSize(before + scattered.size());
            assertThat(rainmaker.outbox().counts()).containsOnlyKeys("confirmed");
        }
    }

    private RecordId newLead(String name) throws Exception {
        return new RecordId(
                "hub",
                portal.edit(
                        "contacts",
                        null,
                        Map.of(
                                "email",
                                name + "@" + name + ".example",
                                "lastname",
                                name,
                                "company",
                                name + " GmbH",
                                "country",
                                "Germany",
                                "lifecyclestage",
                                "lead")));
    }
}
