package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.RecordId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Policies over REST: checked, tried, published, followed, taken back, each step kept. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PolicyApiTest {

    private static final String TO_ELBE = """
        rules:
          - rule: all to Elbe
            pool: { territory: ignored, product: ignored, only: [crm/001000000000002AAA] }
            strategy: top-plv
        """;

    @TempDir
    static Path folder;

    private static SmallCompany company;
    private static String admin;
    private static String operator;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    @BeforeAll
    static void open() throws Exception {
        company = new SmallCompany(folder, false);
        ApiTokens tokens = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC());
        admin = tokens.create("desk", Role.ADMIN, Optional.empty(), "test").secret();
        operator =
                tokens.create("flow", Role.OPERATOR, Optional.empty(), "test").secret();
    }

    @AfterAll
    static void close() {
        company.close();
    }

    private HttpResponse<String> post(String verb, Map<String, String> body, String token) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + "api/policies/assignment/" + verb))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode posted(String verb, Map<String, String> body) throws Exception {
        HttpResponse<String> answer = post(verb, body, admin);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return mapper.readTree(answer.body());
    }

    private JsonNode read(String path) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + "api/policies/assignment/" + path))
                        .header("Authorization", "Bearer " + admin)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return mapper.readTree(answer.body());
    }

    private JsonNode finding(String text, String code) throws Exception {
        for (JsonNode finding : posted("validate", Map.of("text", text)).get("findings")) {
            if (finding.get("code").asText().equals(code)) {
                return finding;
            }
        }
        throw new AssertionError("no finding " + code + " in " + posted("validate", Map.of("text", text)));
    }

    private static void assertPlace(JsonNode finding, int line, int column, String text) {
        assertThat(finding.at("/place/line").asInt()).as(finding.toString()).isEqualTo(line);
        assertThat(finding.at("/place/column").asInt()).as(finding.toString()).isEqualTo(column);
        assertThat(finding.at("/place/text").asText()).isEqualTo(text);
    }

    @Test
    @Order(1)
    void everyKindOfFindingNamesLineColumnAndText() throws Exception {
        assertPlace(
                finding("rules:\n  - rule: a\n    poool: {}\n    strategy: top-plv\n", "unreadable"),
                3,
                5,
                "poool: {}");
        JsonNode type =
                finding("rules:\n  - rule: a\n    when: lead.employees + \"x\"\n    strategy: top-plv\n", "unreadable");
        assertPlace(type, 3, 26, "when: lead.employees + \"x\"");
        JsonNode field = finding("rules:\n  - rule: a\n    when: lead.sise > 3\n    strategy: top-plv\n", "unreadable");
        assertThat(field.at("/place/line").asInt()).isEqualTo(3);
        assertThat(field.get("message").asText()).contains("sise");
        String dead = "rules:\n  - rule: all\n    strategy: top-plv\n    otherwise: stop\n  - rule: late\n"
                + "    when: lead.employees > 3\n    strategy: top-plv\n";
        assertPlace(finding(dead, "dead-rule"), 6, 5, "when: lead.employees > 3");
        String twice = "rules:\n  - rule: a\n    when: lead.employees > 3\n    strategy: top-plv\n  - rule: b\n"
                + "    when: lead.employees > 3\n    strategy: top-plv\n";
        assertPlace(finding(twice, "shadowed-rule"), 6, 5, "when: lead.employees > 3");
        String unknown =
                "rules:\n  - rule: a\n    pool:\n      only:\n        - crm/001000000000002AAA\n        - crm/nobody\n"
                        + "    strategy: top-plv\n";
        assertPlace(finding(unknown, "unknown-partner"), 6, 11, "- crm/nobody");
        String empty = "rules:\n  - rule: a\n    pool: { minimum-score: 99.9 }\n    strategy: top-plv\n";
        assertPlace(finding(empty, "uncovered-leads"), 1, 1, "rules:");
        String tier = "rules:\n  - rule: a\n    pool: { tiers: [Platinum] }\n    strategy: top-plv\n";
        assertPlace(finding(tier, "empty-pool"), 3, 5, "pool: { tiers: [Platinum] }");
        assertPlace(finding(tier, "unknown-tier"), 3, 21, "pool: { tiers: [Platinum] }");
    }

    @Test
    @Order(2)
    void simulationSaysWhoWouldGetWhatAndAnUnchangedPolicyChangesNothing() throws Exception {
        JsonNode same = posted(
                "simulate",
                Map.of("text", read("versions/published").get("body").asText()));
        assertThat(same.get("leads").asInt()).isEqualTo(2);
        assertThat(same.get("changed").asInt()).isZero();
        JsonNode draft = posted("simulate", Map.of("text", TO_ELBE, "since", "1d"));
        assertThat(draft.get("changed").asInt()).isEqualTo(2);
        assertThat(draft.at("/draft/assigned").asInt()).isEqualTo(2);
        assertThat(draft.at("/published/unassigned/territory-unknown").asInt()).isEqualTo(1);
        assertThat(draft.get("load").toString()).contains("Elbe Systems");
    }

    @Test
    @Order(2)
    void evaluationOverRestCountsWhatIsStillOpenAndRefusesAVerdict() throws Exception {
        JsonNode judged = posted("evaluate", Map.of("text", TO_ELBE, "since", "1d"));
        for (String reward : List.of("won", "value")) {
            assertThat(judged.path(reward).path("verdict").asText()).isEqualTo("refused");
            assertThat(judged.path(reward).path("reasons").toString()).contains("no row of the log can be used");
            assertThat(judged.path(reward).path("rejected").asInt()).isEqualTo(2);
        }
        assertThat(judged.at("/leftOut/the lead is still open (censored)").asInt())
                .isEqualTo(2);
        assertThat(post("evaluate", Map.of("text", "rules: []"), admin).statusCode())
                .isEqualTo(422);
    }

    @Test
    @Order(3)
    void publishedVersionIsFollowedByTheNextLeadAndByWhoStayedUnassignedAndCanBeTakenBack() throws Exception {
        String first = company.rainmaker.drafts().publishedVersion().version();
        assertThat(post("publish", Map.of("text", TO_ELBE), operator).statusCode())
                .isEqualTo(403);
        assertThat(post("publish", Map.of("text", "rules: [{ rule: a, strategy: nothing }]"), admin)
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("publish", Map.of("text", TO_ELBE, "expected", "another"), admin)
                        .statusCode())
                .isEqualTo(409);
        assertThat(company.rainmaker.drafts().publishedVersion().version()).isEqualTo(first);

        String second = posted("publish", Map.of("text", TO_ELBE, "expected", first, "note", "Elbe has room"))
                .get("version")
                .asText();
        company.lead(SmallCompany.NEW_LEAD, "Later Boats AG", "DE");
        company.rainmaker.pass(null, false, Duration.ofSeconds(5));

        StoredDecision later = decision(SmallCompany.NEW_LEAD);
        assertThat(later.partner()).isEqualTo(new RecordId("crm", "001000000000002AAA"));
        assertThat(later.policyVersion()).isEqualTo(second);
        assertThat(decision(SmallCompany.NOBODYS_LEAD).policyVersion()).isEqualTo(second);
        assertThat(decision(SmallCompany.LEAD).policyVersion()).isEqualTo(first);

        assertThat(posted("rollback", Map.of()).get("version").asText()).isEqualTo(first);
        JsonNode history = read("versions");
        assertThat(history.get("steps").findValuesAsText("step"))
                .containsSubsequence("rolled-back", "published", "validated", "drafted", "published");
        assertThat(history.get("steps").findValuesAsText("note")).contains("Elbe has room");
        assertThat(history.get("versions").findValuesAsText("state")).contains("published", "rolled-back");
        assertThat(read("diff?from=" + second.substring(0, 10)).get("lines").toString())
                .contains("all to Elbe");
        List<String> audited = company.rainmaker
                .ledger()
                .jdbc()
                .sql("select who || ': ' || what from audit where what like 'policy %' order by id")
                .query(String.class)
                .list();
        assertThat(audited)
                .containsSubsequence("file: policy published", "desk: policy published", "desk: policy rolled-back");
    }

    /** A version published by a person lives until the file changes; whoever merely looks publishes nothing. */
    @Test
    @Order(4)
    void restartKeepsWhatWasPublishedUntilTheFileChanges() throws Exception {
        String second =
                posted("publish", Map.of("text", TO_ELBE)).get("version").asText();
        restarted();
        assertThat(company.rainmaker.drafts().publishedVersion().version()).isEqualTo(second);

        Path file = folder.resolve("policies/assignment.yaml");
        Files.writeString(file, Files.readString(file) + "\n# reviewed\n");
        try (Rainmaker looking =
                Rainmaker.open(company.rainmaker.configuration(), folder, Clock.systemUTC(), Progress.SILENT)) {
            assertThat(looking.drafts().publishedVersion().version()).isEqualTo(second);
        }
        restarted();
        assertThat(company.rainmaker.drafts().publishedVersion().body()).endsWith("# reviewed\n");
        assertThat(company.rainmaker.publishedPolicy().policy().rules()).hasSizeGreaterThan(1);
    }

    /** Most leads of the past are at an end by now; a simulation that left them out would say little. */
    @Test
    @Order(5)
    void leadsThatAreClosedByNowAreTriedAsTheyCame() throws Exception {
        company.crm.put(
                "Lead",
                "00Q000000000004AAA",
                Map.of(
                        "Company", "Old Mills KG",
                        "LastName", "Example",
                        "Country", "DE",
                        "Status", "Closed - Converted",
                        "IsConverted", true,
                        "CreatedDate", "2026-06-01T00:00:00Z"));
        company.rainmaker.pass(null, false, Duration.ofSeconds(5));
        JsonNode found = posted("simulate", Map.of("text", TO_ELBE, "since", "2026-01-01"));
        assertThat(found.get("leads").asInt()).isEqualTo(4);
        assertThat(found.at("/draft/assigned").asInt()).isEqualTo(4);
    }

    private static void restarted() {
        try (Rainmaker again =
                Rainmaker.open(company.rainmaker.configuration(), folder, Clock.systemUTC(), Progress.SILENT)) {
            again.startFlows(false);
        }
    }

    private static StoredDecision decision(String lead) {
        return company.rainmaker.decisions().ofLead(new RecordId("crm", lead)).get(0);
    }
}
