package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import dev.rainmaker.fact.RecordId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a partner portal does over REST, and what an operator sees in the console, with a policy of offers and deadlines. */
class LeadActionsTest {

    private static final String OTHER = "001000000000002AAA";
    private static final String OFFERED = "00Q000000000007AAA";

    @TempDir
    static Path folder;

    private static SmallCompany company;
    private static String rhine;
    private static String elbe;
    private static String operator;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void open() throws Exception {
        company = new SmallCompany(folder, false, """
                rules:
                  - rule: open to all
                    when: 'lead.company == "Open AG"'
                    strategy: { use: shark-tank, blind: true }
                    deadline: { accept: PT24H }
                  - rule: in turn
                    strategy: { use: round-robin, rotation: all }
                    deadline: { accept: PT8H }
                """);
        company.lead(OFFERED, "Open AG", "DE");
        company.rainmaker.pass(null, true, java.time.Duration.ofSeconds(5));
        ApiTokens tokens = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC());
        rhine = partnerToken(tokens, SmallCompany.PARTNER);
        elbe = partnerToken(tokens, OTHER);
        operator =
                tokens.create("flow", Role.OPERATOR, Optional.empty(), "test").secret();
    }

    private static String partnerToken(ApiTokens tokens, String partner) {
        return tokens.createForPartner("portal of " + partner, new RecordId("crm", partner), Optional.empty(), "test")
                .secret();
    }

    @AfterAll
    static void close() {
        company.close();
    }

    private HttpResponse<String> post(String token, String lead, String action, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + "api/assignments/crm/" + lead + "/" + action))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "k-" + action + body.hashCode())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode read(String token, String path) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void partnerSeesItsOffersBlindClaimsOneAndTheOtherPartnerComesTooLate() throws Exception {
        JsonNode offers = read(rhine, "api/assignments/offers");
        assertThat(offers).hasSize(1);
        assertThat(offers.get(0).path("lead").asText()).isEqualTo("crm/" + OFFERED);
        assertThat(offers.get(0).has("company")).isFalse();
        assertThat(read(operator, "api/assignments/offers")
                        .get(0)
                        .path("company")
                        .asText())
                .isEqualTo("Open AG");
        assertThat(company.crm.field("Lead", OFFERED, "Rainmaker_Partner__c")).isNull();
        assertThat(String.valueOf(company.crm.field("Lead", OFFERED, "Rainmaker_Reason__c")))
                .contains("offered to 2 qualified partners");

        assertThat(post(rhine, OFFERED, "claim", "{\"partner\":\"crm/" + OTHER + "\"}")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> claimed = post(rhine, OFFERED, "claim", "{}");
        assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(200);
        assertThat(claimed.body()).contains("\"state\":\"accepted\"", "\"changed\":true");
        assertThat(post(rhine, OFFERED, "claim", "{}").body()).contains("\"changed\":false");
        HttpResponse<String> late = post(elbe, OFFERED, "claim", "{}");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("another partner was first");

        company.rainmaker.pass(null, false, java.time.Duration.ofSeconds(5));
        assertThat(company.crm.field("Lead", OFFERED, "Rainmaker_Partner__c")).isEqualTo(SmallCompany.PARTNER);
    }

    @Test
    void partnerDeclinesWithAReasonAndTheOtherGetsTheLead() throws Exception {
        RecordId lead = new RecordId("crm", SmallCompany.LEAD);
        RecordId first = company.rainmaker.decisions().ofLead(lead).get(0).partner();
        boolean rhines = first.id().equals(SmallCompany.PARTNER);

        assertThat(post(rhines ? elbe : rhine, SmallCompany.LEAD, "accept", "{}")
                        .statusCode())
                .as("another's lead does not exist")
                .isEqualTo(404);
        assertThat(post(rhines ? rhine : elbe, SmallCompany.LEAD, "decline", "{}")
                        .statusCode())
                .as("a decline needs a reason")
                .isEqualTo(400);
        assertThat(post(rhines ? rhine : elbe, SmallCompany.LEAD, "decline", "{\"reason\":\"too small\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(rhines ? elbe : rhine, SmallCompany.LEAD, "accept", "{}")
                        .body())
                .contains("\"state\":\"accepted\"");
        assertThat(company.rainmaker.decisions().ofLead(lead).get(0).partner()).isNotEqualTo(first);
    }

    @Test
    void operatorStatesOverRestWhenAPartnerIsAwayAPartnerSeesItsOwnAndAnErrorSaysWhatIsWrong() throws Exception {
        String until = "2999-01-01";
        HttpResponse<String> stated = away(
                operator,
                "",
                "{\"partner\":\"crm/" + OTHER + "\",\"until\":\"" + until + "\",\"note\":\"works closed\"}");
        assertThat(stated.statusCode()).as(stated.body()).isEqualTo(200);
        String id = new ObjectMapper().readTree(stated.body()).path("id").asText();

        assertThat(read(operator, "api/assignments/absences").findValuesAsText("id"))
                .containsExactly(id);
        assertThat(read(elbe, "api/assignments/absences").findValuesAsText("note"))
                .containsExactly("works closed");
        assertThat(read(rhine, "api/assignments/absences")).isEmpty();

        assertThat(away(operator, "", "{\"partner\":\"crm/" + OTHER + "\"}").body())
                .contains("says from when on the partner is back");
        assertThat(away(operator, "", "{\"partner\":\"crm/nobody\",\"until\":\"" + until + "\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(away(operator, "/end", "{\"id\":\"" + id + "\"}").statusCode())
                .isEqualTo(200);
        assertThat(away(operator, "/end", "{\"id\":\"" + id + "\"}").statusCode())
                .isEqualTo(404);
        assertThat(read(operator, "api/assignments/absences")).isEmpty();
    }

    private HttpResponse<String> away(String token, String end, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + "api/assignments/absences" + end))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
