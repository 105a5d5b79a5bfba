package dev.rainmaker.connector.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.PushedEvent;
import dev.rainmaker.connector.RawRequest;
import dev.rainmaker.connector.Settings;
import dev.rainmaker.connector.SetupPlan;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.component.hubspot.HubspotSignature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubspotConnectorTest {

    private static final String CONTACTS = "/crm/objects/2026-09/contacts";
    private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");

    private final WireMockServer hub =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final List<Connector> opened = new ArrayList<>();

    @AfterEach
    void end() {
        opened.forEach(Connector::close);
        hub.stop();
    }

    private Connector open(String... more) {
        hub.start();
        Map<String, String> given = new HashMap<>(Map.of(
                "api-url", hub.baseUrl(),
                "access-token", "pat-secret",
                "client-secret", "app-secret",
                "portal-id", "62515",
                "webhook-url", "https://rainmaker.example/hook",
                "calls-per-10-seconds", "100000",
                "searches-per-second", "1000"));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        HubspotFactory factory = new HubspotFactory();
        Connector connector = factory.open("hub", new Settings(factory.settings(), given));
        opened.add(connector);
        return connector;
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withHeader("Date", "Thu, 01 Oct 2026 12:00:00 GMT")
                .withBody(body);
    }

    private static String contact(long id, String properties) {
        return "{\"id\":\"" + id + "\",\"properties\":{" + properties
                + "},\"updatedAt\":\"2026-09-01T00:00:00Z\",\"archived\":false}";
    }

    private static Change change(String id) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("rainmaker_plv_score", new BigDecimal("87.50"));
        fields.put("rainmaker_reason", null);
        return new Change(id, fields);
    }

    // ---- writing ----

    private List<WriteOutcome> write(int status, String answer, String... ids) {
        Connector connector = open();
        hub.stubFor(post(urlEqualTo(CONTACTS + "/batch/update")).willReturn(json(status, answer)));
        return connector.write(
                "contacts",
                List.of(ids).stream().map(HubspotConnectorTest::change).toList());
    }

    @Test
    void ofAMixedAnswerEachRecordHasItsOwnOutcomeInTheOrderGiven() {
        List<WriteOutcome> outcomes = write(
                207,
                "{\"results\":[{\"id\":\"3\"}],\"numErrors\":3,\"errors\":["
                        + "{\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"gone\",\"context\":{\"ids\":[\"1\"]}},"
                        + "{\"category\":\"VALIDATION_ERROR\",\"message\":\"not so\",\"context\":{\"ids\":[\"2\"]}},"
                        + "{\"category\":\"RATE_LIMITS\",\"message\":\"later\",\"context\":{\"ids\":[\"4\"]}}]}",
                "1",
                "2",
                "3",
                "4",
                "5");
        assertThat(outcomes.get(0)).isEqualTo(new WriteOutcome.Rejected("1", "OBJECT_NOT_FOUND", "gone", true));
        assertThat(outcomes.get(1)).isEqualTo(new WriteOutcome.Rejected("2", "VALIDATION_ERROR", "not so", false));
        assertThat(outcomes.get(2)).isEqualTo(new WriteOutcome.Written("3"));
        assertThat(outcomes.get(3)).isInstanceOf(WriteOutcome.Postponed.class);
        assertThat(outcomes.get(4)).as("of which the answer says nothing").isInstanceOf(WriteOutcome.Postponed.class);
    }

    @Test
    void errorsUnderStatus200AreErrorsAllTheSame() {
        assertThat(write(
                        200,
                        "{\"results\":[],\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"context\":{\"ids\":[\"1\"]}}]}",
                        "1"))
                .singleElement()
                .isInstanceOf(WriteOutcome.Rejected.class);
    }

    @Test
    void aNumberIsWrittenPlainAndNothingClears() {
        write(200, "{\"results\":[{\"id\":\"1\"}]}", "1");
        JsonNode sent = Json.read(hub.findAll(postRequestedFor(anyUrl())).get(0).getBody());
        assertThat(sent.at("/inputs/0/properties/rainmaker_plv_score").asText()).isEqualTo("87.50");
        assertThat(sent.at("/inputs/0/properties/rainmaker_reason").asText()).isEmpty();
    }

    @Test
    void aBatchRefusedWholeIsHalvedUntilTheCulpritStandsAlone() {
        Connector connector = open();
        hub.stubFor(any(anyUrl())
                .willReturn(json(200, "{\"results\":[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"},{\"id\":\"5\"}]}")));
        hub.stubFor(post(urlEqualTo(CONTACTS + "/batch/update"))
                .withRequestBody(containing("\"id\":\"4\""))
                .willReturn(json(
                        400, "{\"status\":\"error\",\"category\":\"VALIDATION_ERROR\",\"message\":\"4 is wrong\"}")));
        List<WriteOutcome> outcomes = connector.write(
                "contacts",
                List.of("1", "2", "3", "4", "5").stream()
                        .map(HubspotConnectorTest::change)
                        .toList());
        assertThat(outcomes).filteredOn(WriteOutcome.Written.class::isInstance).hasSize(4);
        assertThat(outcomes.get(3)).isInstanceOf(WriteOutcome.Rejected.class);
    }

    @Test
    void aPropertyThatIsGoneStopsWritingInsteadOfBuryingEveryRecord() {
        assertThatThrownBy(() -> write(
                        400,
                        "{\"category\":\"VALIDATION_ERROR\",\"message\":\"Property values were not valid:"
                                + " PROPERTY_DOESNT_EXIST\"}",
                        "1",
                        "2"))
                .isInstanceOf(ConnectorFault.Fatal.class)
                .hasMessageContaining("setup");
        assertThat(hub.findAll(postRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void theSameRecordTwiceIsWrittenInTurn() {
        assertThat(write(200, "{\"results\":[{\"id\":\"1\"}]}", "1", "1"))
                .hasSize(2)
                .allMatch(WriteOutcome.Written.class::isInstance);
        assertThat(hub.findAll(postRequestedFor(anyUrl()))).hasSize(2);
    }

    @Test
    void theDailyLimitIsABudgetFault() {
        assertThatThrownBy(() -> write(429, "{\"policyName\":\"DAILY\",\"message\":\"daily\"}", "1"))
                .isInstanceOfSatisfying(
                        ConnectorFault.Retryable.class,
                        fault -> assertThat(fault.isBudget()).isTrue());
    }

    @Test
    void theTenSecondsLimitIsRetriedAfterTen() {
        assertThatThrownBy(() -> write(429, "{\"policyName\":\"TEN_SECONDLY_ROLLING\"}", "1"))
                .isInstanceOfSatisfying(ConnectorFault.Retryable.class, fault -> {
                    assertThat(fault.isBudget()).isFalse();
                    assertThat(fault.after()).isEqualTo(Duration.ofSeconds(10));
                });
    }

    // ---- reading ----

    /** Answers searches over ids 1..n that all changed in one millisecond, and refuses to page past 10,000. */
    private void searchOf(int n) {
        hub.stubFor(post(urlEqualTo(CONTACTS + "/search"))
                .willReturn(json(200, "{}").withTransformers("none")));
        hub.stubFor(get(urlPathEqualTo(CONTACTS)).willReturn(json(200, "{\"results\":[]}")));
    }

    @Test
    void everyPageAsksBehindTheLastIdSoThatNoDepthIsTooDeep() {
        Connector connector = open("page-size", "100");
        searchOf(0);
        Page first = connector.read("contacts", Set.of("email"), null);
        assertThat(first.last()).isTrue();
        Cursor cursor = first.next();
        Set<String> seen = new TreeSet<>();
        int total = 10_450;
        for (int at = 0; ; at += 200) {
            StringBuilder results = new StringBuilder();
            for (int id = at + 1; id <= Math.min(total, at + 200); id++) {
                results.append(results.isEmpty() ? "" : ",").append(contact(1_000_000 + id, "\"email\":null"));
            }
            boolean more = at + 200 < total;
            hub.stubFor(post(urlEqualTo(CONTACTS + "/search"))
                    .willReturn(json(
                            200,
                            "{\"total\":" + (total - at) + ",\"results\":[" + results + "]"
                                    + (more ? ",\"paging\":{\"next\":{\"after\":\"200\"}}" : "") + "}")));
            Page page = connector.read("contacts", Set.of("email"), cursor);
            page.records().forEach(record -> seen.add(record.id()));
            cursor = page.next();
            if (page.last()) {
                break;
            }
        }
        assertThat(seen).hasSize(total);
        for (var request : hub.findAll(postRequestedFor(urlEqualTo(CONTACTS + "/search")))) {
            JsonNode sent = Json.read(request.getBody());
            assertThat(sent.path("after").asText()).isEqualTo("0");
            assertThat(sent.at("/sorts/0/propertyName").asText()).isEqualTo("hs_object_id");
            assertThat(sent.at("/filterGroups/0/filters/0/value").asText())
                    .as("two minutes before the run before began")
                    .isEqualTo(String.valueOf(NOW.minusSeconds(120).toEpochMilli()));
        }
    }

    @Test
    void aRecordComesWithItsOwnBytesAndWhatItLeadsTo() {
        Connector connector = open();
        String raw = "{ \"id\":\"7\","
                + " \"properties\":{\"email\":\"a@b.c\",\"hubspot_owner_id\":\"5\",\"associatedcompanyid\":\"9\"},\"updatedAt\":\"2026-09-01T00:00:00Z\"}";
        hub.stubFor(get(urlPathEqualTo(CONTACTS)).willReturn(json(200, "{\"results\":[" + raw + "]}")));
        hub.stubFor(
                get(urlPathEqualTo(CONTACTS))
                        .withQueryParam("archived", com.github.tomakehurst.wiremock.client.WireMock.equalTo("true"))
                        .willReturn(
                                json(
                                        200,
                                        "{\"results\":[{\"id\":\"8\",\"properties\":{},\"updatedAt\":\"2026-09-01T00:00:00Z\",\"archived\":true,\"archivedAt\":\"2026-09-02T00:00:00Z\"}]}")));
        hub.stubFor(get(urlPathEqualTo("/crm/owners/2026-09"))
                .willReturn(json(200, "{\"results\":[{\"id\":\"6\",\"archived\":false}]}")));
        hub.stubFor(post(urlEqualTo("/crm/objects/2026-09/companies/batch/read"))
                .willReturn(json(200, "{\"results\":[{\"id\":\"9\",\"properties\":{\"domain\":\"nine.example\"}}]}")));
        List<SourceRecord> records = connector
                .read("contacts", Set.of("email", "owner.active", "company.domain"), null)
                .records();
        assertThat(new String(records.get(0).raw(), StandardCharsets.UTF_8)).isEqualTo(raw);
        assertThat(records.get(0).at("owner.active"))
                .as("an owner who is not listed has left")
                .isEqualTo(false);
        assertThat(records.get(0).at("company.domain")).isEqualTo("nine.example");
        assertThat(records.get(1).deleted()).isTrue();
    }

    @Test
    void associationsAreFoundByTheirLabel() {
        Connector connector = open();
        hub.stubFor(get(urlPathEqualTo("/crm/objects/2026-09/deals"))
                .willReturn(
                        json(200, "{\"results\":[" + contact(1, "\"dealname\":\"x\"") + "," + contact(2, "") + "]}")));
        hub.stubFor(get(urlPathEqualTo("/crm/objects/2026-09/deals"))
                .withQueryParam("archived", com.github.tomakehurst.wiremock.client.WireMock.equalTo("true"))
                .willReturn(json(200, "{\"results\":[]}")));
        hub.stubFor(
                post(urlEqualTo("/crm/associations/2026-09/deals/companies/batch/read"))
                        .willReturn(
                                json(
                                        200,
                                        "{\"results\":[{\"from\":{\"id\":\"1\"},\"to\":["
                                                + "{\"toObjectId\":50,\"associationTypes\":[{\"label\":\"Primary\"}]},"
                                                + "{\"toObjectId\":51,\"associationTypes\":[{\"label\":null},{\"label\":\"Partner\"}]}]}]}")));
        List<SourceRecord> deals = connector
                .read("deals", Set.of("dealname", "associations.companies.Partner"), null)
                .records();
        assertThat(deals.get(0).at("associations.companies.Partner")).isEqualTo("51");
        assertThat(deals.get(1).has("associations.companies.Partner")).isTrue();
        assertThat(deals.get(1).at("associations.companies.Partner")).isNull();
    }

    @Test
    void whatWasMergedIsGoneAndItsWinnerComesInstead() {
        Connector connector = open();
        hub.stubFor(post(urlPathEqualTo(CONTACTS + "/batch/read"))
                .willReturn(json(200, "{\"results\":[" + contact(2, "\"hs_merged_object_ids\":\"1\"") + "]}")));
        List<SourceRecord> found = connector.fetch("contacts", List.of("1"), Set.of("email"), CallPurpose.READ);
        assertThat(found).extracting(SourceRecord::id).containsExactlyInAnyOrder("1", "2");
        assertThat(found).filteredOn(record -> record.id().equals("1")).allMatch(SourceRecord::deleted);
    }

    // ---- webhooks ----

    private static RawRequest signed(String body, String secret) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String time = String.valueOf(NOW.toEpochMilli());
        return new RawRequest(
                "POST",
                "http://inside:8080/hook",
                Map.of(
                        "x-hubspot-signature-v3",
                        List.of(HubspotSignature.v3(secret, "POST", "https://rainmaker.example/hook", bytes, time)),
                        "x-hubspot-request-timestamp",
                        List.of(time)),
                bytes,
                NOW);
    }

    private List<PushedEvent> events(String body) {
        return open().verify(signed(body, "app-secret"));
    }

    @Test
    void eventsNameTheRecordToFetch() {
        List<PushedEvent> events = events(
                "[{\"portalId\":62515,\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"occurredAt\":5},"
                        + "{\"portalId\":62515,\"subscriptionType\":\"company.deletion\",\"objectId\":2},"
                        + "{\"portalId\":62515,\"subscriptionType\":\"object.propertyChange\",\"objectTypeId\":\"0-136\",\"objectId\":3},"
                        + "{\"portalId\":62515,\"subscriptionType\":\"contact.merge\",\"primaryObjectId\":4,\"mergedObjectIds\":[5]},"
                        + "{\"portalId\":62515,\"subscriptionType\":\"deal.associationChange\",\"associationType\":\"DEAL_TO_COMPANY\",\"fromObjectId\":6,\"toObjectId\":7},"
                        + "{\"portalId\":99,\"subscriptionType\":\"contact.creation\",\"objectId\":8},"
                        + "{\"portalId\":62515,\"subscriptionType\":\"ticket.creation\",\"objectId\":9}]");
        assertThat(events)
                .extracting(event -> event.stream() + "/" + event.recordId() + (event.deleted() ? " gone" : ""))
                .containsExactly(
                        "contacts/1",
                        "companies/2 gone",
                        "leads/3",
                        "contacts/4",
                        "contacts/5 gone",
                        "deals/6",
                        "companies/7");
    }

    @Test
    void anAttemptMoreIsTheSameEvent() {
        String event = "[{\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"attemptNumber\":0}]";
        Connector connector = open();
        String first = connector.verify(signed(event, "app-secret")).get(0).key();
        assertThat(connector
                        .verify(signed(event.replace(":0}", ":3}"), "app-secret"))
                        .get(0)
                        .key())
                .isEqualTo(first);
        assertThat(connector
                        .verify(signed(event.replace(":1,", ":2,"), "app-secret"))
                        .get(0)
                        .key())
                .isNotEqualTo(first);
    }

    @Test
    void forgedRequestsAreRefused() {
        assertThatThrownBy(() -> open().verify(signed("[]", "other")))
                .isInstanceOf(ConnectorFault.Fatal.class)
                .hasMessageNotContaining("app-secret");
        assertThatThrownBy(() -> events("{}")).isInstanceOf(ConnectorFault.Fatal.class);
    }

    // ---- check and setup ----

    private static final List<StreamNeed> NEEDS = List.of(new StreamNeed(
            "contacts",
            Set.of("email", "nothing"),
            Map.of(
                    "rainmaker_partner",
                    "lookup(companies)",
                    "rainmaker_plv_score",
                    "number",
                    "rainmaker_reason",
                    "string")));

    private void properties() {
        hub.stubFor(get(urlPathEqualTo("/crm/owners/2026-09")).willReturn(json(200, "{\"results\":[]}")));
        hub.stubFor(
                get(urlEqualTo("/crm/properties/2026-09/contacts"))
                        .willReturn(
                                json(
                                        200,
                                        "{\"results\":[{\"name\":\"email\",\"type\":\"string\"},{\"name\":\"rainmaker_plv_score\",\"type\":\"string\"}]}")));
    }

    @Test
    void checkNamesWhatIsMissingOrOfAnotherTypeAndWhatToDo() {
        Connector connector = open();
        properties();
        CheckReport report = connector.check(NEEDS);
        assertThat(report.passed()).isFalse();
        assertThat(report.toString())
                .contains("contacts.nothing does not exist")
                .contains("contacts.rainmaker_partner (string) does not exist")
                .contains("./rainmaker setup hub")
                .contains("contacts.rainmaker_plv_score is of type string and must be number");
    }

    @Test
    void setupCreatesWhatIsMissingAndLeavesWhatIsThere() {
        Connector connector = open();
        properties();
        SetupPlan plan = connector.planSetup(NEEDS);
        assertThat(plan.steps())
                .extracting(SetupPlan.Step::key)
                .containsExactly("contacts.rainmaker_partner", "contacts.rainmaker_reason");
        assertThat(hub.findAll(postRequestedFor(anyUrl())))
                .as("showing changes nothing")
                .isEmpty();

        hub.stubFor(post(urlEqualTo("/crm/properties/2026-09/contacts/groups"))
                .willReturn(json(409, "{\"category\":\"OBJECT_ALREADY_EXISTS\"}")));
        hub.stubFor(post(urlEqualTo("/crm/properties/2026-09/contacts")).willReturn(json(201, "{\"name\":\"x\"}")));
        hub.stubFor(post(urlEqualTo("/crm/properties/2026-09/contacts"))
                .withRequestBody(containing("rainmaker_reason"))
                .willReturn(json(403, "{\"category\":\"MISSING_SCOPES\",\"message\":\"crm.schemas.contacts.write\"}")));
        List<SetupPlan.Done> done = connector.setUp(NEEDS);
        assertThat(done.get(0).succeeded()).isTrue();
        assertThat(done.get(1).problem()).contains("crm.schemas.contacts.write");
        ObjectNode sent =
                (ObjectNode) Json.read(hub.findAll(postRequestedFor(urlEqualTo("/crm/properties/2026-09/contacts")))
                        .get(0)
                        .getBody());
        assertThat(sent.path("type").asText()).isEqualTo("string");
        assertThat(sent.path("fieldType").asText()).isEqualTo("text");
        assertThat(sent.path("groupName").asText()).isEqualTo("rainmaker");
        assertThat(sent.path("label").asText()).isEqualTo("Rainmaker partner");
    }

    // ---- settings ----

    private static void refused(String said, String... keysAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        assertThatThrownBy(() -> HubspotSettings.from(new Settings(HubspotKeys.ALL, given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void contradictionsAreNamed() {
        refused("\"client-id\" is missing");
        refused("\"client-secret\" is missing", "client-id", "x");
        refused("\"refresh-token\" is missing", "client-id", "x", "client-secret", "y");
        refused("\"refresh-token\" does not go with access-token", "access-token", "x", "refresh-token", "y");
        refused("\"previous-client-secret\" needs", "access-token", "x", "previous-client-secret", "y");
        refused("\"api-url\" must begin with https", "access-token", "x", "api-url", "http://api.hubapi.com");
        refused(
                "\"api-url\" must be scheme and host only",
                "access-token",
                "x",
                "api-url",
                "https://api.hubapi.com/crm");
        refused("\"api-version\" must be 2026-09 or v3", "access-token", "x", "api-version", "v4");
        refused("\"page-size\" must be 1 to 100", "access-token", "x", "page-size", "101");
        refused("\"batch-size\" must be 1 to 100", "access-token", "x", "batch-size", "0");
        refused("\"connect-timeout\"", "access-token", "x", "connect-timeout", "PT2M");
        refused("\"portal-id\" must be", "access-token", "x", "portal-id", "0");
        refused("\"overlap\" must be", "access-token", "x", "overlap", "-PT1S");
    }

    @Test
    void defaultsAreThoseOfTheDocumentAndNoSecretShows() {
        HubspotSettings settings =
                HubspotSettings.from(new Settings(HubspotKeys.ALL, Map.of("access-token", "s3cret")));
        assertThat(settings.apiUrl()).hasToString("https://api.hubapi.com");
        assertThat(settings.apiVersion()).isEqualTo("2026-09");
        assertThat(settings.overlap()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.pageSize()).isEqualTo(100);
        assertThat(settings.batchSize()).isEqualTo(100);
        assertThat(settings.callsPerTenSeconds()).isEqualTo(100);
        assertThat(settings.searchesPerSecond()).isEqualTo(4);
        assertThat(settings.toString()).doesNotContain("s3cret");
    }
}
