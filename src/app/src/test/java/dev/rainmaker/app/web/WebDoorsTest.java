package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import dev.rainmaker.fact.RecordId;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outside the demo: login, intake and REST over HTTP. */
class WebDoorsTest {

    private static final String INTAKE = "api/intake/crm/Lead";
    private static final String EVENT = "{\"id\": \"" + SmallCompany.LEAD + "\"}";

    @TempDir
    static Path folder;

    private static SmallCompany company;
    private static ApiTokens tokens;
    private static String operator;

    @BeforeAll
    static void open() throws Exception {
        company = new SmallCompany(folder, false);
        tokens = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC());
        operator =
                tokens.create("flow", Role.OPERATOR, Optional.empty(), "test").secret();
    }

    @AfterAll
    static void close() {
        company.close();
    }

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return post(path, HttpRequest.BodyPublishers.ofString(body), headers);
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(company.web.url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + operator)
                .POST(body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> read(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(company.web.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode api(String path, String token) throws Exception {
        HttpResponse<String> answer = read(path, "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String says) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":" + status)
                .contains("\"title\":\"")
                .contains(says);
    }

    private static long stored() {
        return company.rainmaker
                .ledger()
                .jdbc()
                .sql("select count(*) from inbox")
                .query(Long.class)
                .single();
    }

    @Test
    void anEventIsDurableWhenItIsAcceptedAndTheSameKeyAgainIsTheSameEvent() throws Exception {
        long before = stored();

        HttpResponse<String> first = post(INTAKE, EVENT, "Idempotency-Key", "lead-created-1");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).contains("\"duplicate\":false");
        assertThat(stored()).isEqualTo(before + 1);

        HttpResponse<String> again = post(INTAKE, EVENT, "Idempotency-Key", "lead-created-1");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).contains("\"duplicate\":true");
        assertThat(stored()).isEqualTo(before + 1);

        assertProblem(post(INTAKE, "{\"id\": \"other\"}", "Idempotency-Key", "lead-created-1"), 422, "another body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{}", "{\"id\": \"a b\"}", "[]"})
    void aBodyThatNamesNoRecordIsRefusedAndNotStored(String body) throws Exception {
        long before = stored();

        assertProblem(post(INTAKE, body), 400, "detail");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void anUnknownConnectionOrStreamIsNotFound() throws Exception {
        assertProblem(post("api/intake/nowhere/Lead", EVENT), 404, "no connection");
        assertProblem(post("api/intake/crm/Invoice", EVENT), 404, "Opportunity");
    }

    @Test
    void aBodyPastOneMebibyteIsRefusedWithAndWithoutADeclaredLength() throws Exception {
        String atLimit = "{\"id\": \"x\"" + " ".repeat((1 << 20) - 11) + "}";
        assertThat(atLimit.length()).isEqualTo(1 << 20);
        assertThat(post(INTAKE, atLimit).statusCode()).isEqualTo(202);

        byte[] past = (atLimit + " ").getBytes(StandardCharsets.UTF_8);
        assertProblem(post(INTAKE, HttpRequest.BodyPublishers.ofByteArray(past)), 413, "1 MiB");
        assertProblem(
                post(INTAKE, HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(past))),
                413,
                "1 MiB");
    }

    @Test
    void withoutATokenOrWithAViewersNothingIsTakenIn() throws Exception {
        String viewer =
                tokens.create("viewer", Role.VIEWER, Optional.empty(), "test").secret();
        long before = stored();
        for (String token : new String[] {"rmk_000000000000_wrong", viewer}) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(company.web.url() + INTAKE))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertProblem(answer, token.equals(viewer) ? 403 : 401, "token");
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void whatWasDecidedCanBeReadWithItsReceipt() throws Exception {
        JsonNode listed =
                api("api/assignments?lead=crm/" + SmallCompany.LEAD, operator).get("items");
        assertThat(listed).hasSize(1);
        String id = listed.get(0).get("id").asText();

        HttpResponse<String> receipt =
                read("api/assignments/" + id + "/receipt", "Authorization", "Bearer " + operator);
        assertThat(receipt.body())
                .isEqualTo(company.rainmaker.decisions().find(id).orElseThrow().receipt());
        assertThat(api("api/plv?limit=1", operator).get("items")).hasSize(1);
        String next = api("api/plv?limit=1", operator).get("next").asText();
        assertThat(api("api/plv?limit=1&after=" + next, operator).get("items")).hasSize(1);
        assertThat(api("api/runs", operator).get("items").get(0).get("state").asText())
                .isEqualTo("done");
        assertThat(api("api/connections", operator).get(0).get("limit").asLong())
                .isEqualTo(1000);
        assertProblem(read("api/runs?limit=0", "Authorization", "Bearer " + operator), 400, "between 1 and 500");
    }

    @Test
    void aRankingSaysHowSureItIsAndTheModelHowItWasChosen() throws Exception {
        JsonNode first = api("api/plv", operator).get("items").get(0);
        assertThat(first.get("rank").asInt()).isEqualTo(1);
        assertThat(first.get("worstRank").asInt()).isBetween(1, 2);
        assertThat(first.get("lower80").asDouble())
                .isLessThanOrEqualTo(first.get("value").asDouble());

        JsonNode partner = api("api/plv/crm/" + SmallCompany.PARTNER, operator);
        assertThat(partner.get("of").asInt()).isEqualTo(2);
        assertThat(partner.get("advice")).isNotEmpty();
        assertThat(partner.get("peers").toString()).doesNotContain("Elbe");
        assertThat(partner.get("history").get(0).get("version").asText())
                .isEqualTo(first.get("version").asText());

        assertThat(partner.get("changes").get("steps").get(0).get("what").asText())
                .isEqualTo("time passed");
        assertThat(partner.get("freshness").get(0).get("sources").get(0).asText())
                .isEqualTo("crm/Opportunity");
        assertThat(api("api/plv/programme", operator)
                        .get("forecast")
                        .get("expected")
                        .asDouble())
                .isGreaterThanOrEqualTo(0);

        JsonNode health = api("api/plv/health", operator);
        assertThat(health.get("reason").asText()).isNotBlank();
        assertThat(health.get("health").get("deals").asInt()).isEqualTo(6);
    }

    @Test
    void aPartnerSeesItsOwnAndNoReceipt() throws Exception {
        String partner = tokens.createForPartner(
                        "rhine", new RecordId("crm", SmallCompany.PARTNER), Optional.empty(), "test")
                .secret();

        JsonNode own = api("api/plv", partner).get("items");
        assertThat(own).hasSize(1);
        assertThat(own.get(0).get("partner").asText()).isEqualTo("crm/" + SmallCompany.PARTNER);
        assertProblem(read("api/plv/crm/001000000000002AAA", "Authorization", "Bearer " + partner), 404, "no partner");
        assertProblem(read("api/plv/health", "Authorization", "Bearer " + partner), 403, "all partners");
        for (JsonNode assignment : api("api/assignments", partner).get("items")) {
            assertThat(assignment.get("partner").asText()).isEqualTo("crm/" + SmallCompany.PARTNER);
        }
        assertProblem(
                read("api/assignments/" + SmallCompany.LEAD + "-1/receipt", "Authorization", "Bearer " + partner),
                403,
                "other partners");
    }

    @Test
    void theConsoleOpensAfterTheLoginWithThePasswordOfTheFirstStart() throws Exception {
        HttpResponse<String> closed = read("");
        assertThat(closed.statusCode()).isEqualTo(302);
        assertThat(closed.headers().firstValue("Location").orElse("")).endsWith("/login");

        Path file = company.web.adminPassword().orElseThrow();
        String password = Files.readString(file).strip();
        assertThat(login("wrong").headers().firstValue("Location").orElse("")).endsWith("/login?error");
        assertThat(login(password).statusCode()).isEqualTo(302);

        HttpResponse<String> page = read("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Rhine &amp; &lt;b&gt;Ruhr&lt;/b&gt; Networks")
                .contains("Ada Pumps GmbH")
                .contains("http://crm.example/Lead/" + SmallCompany.LEAD)
                .contains("every 5m")
                .contains("Log out");
        for (String path : new String[] {
            "leads?outcome=unassigned",
            "leads/crm/" + SmallCompany.NOBODYS_LEAD,
            "partners",
            "partners?name=ruhr&trend=stable&sort=value&direction=up",
            "model",
            "programme?budget=1000",
            "partners/crm/" + SmallCompany.PARTNER,
            "runs",
            "deadletters",
            "writes",
            "records/crm/Lead"
        }) {
            assertThat(read(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(read("partners.csv").body())
                .startsWith("rank,best_rank,worst_rank,partner_id,name,score,")
                .contains("crm/" + SmallCompany.PARTNER + ",Rhine & <b>Ruhr</b> Networks,");
        assertThat(read("partners?sort=shoe-size").statusCode()).isEqualTo(400);
        assertThat(read("leads/crm/none", "Accept", "text/html").body()).contains("The ledger has no lead crm/none");
    }

    private HttpResponse<String> login(String password) throws Exception {
        Matcher csrf = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"")
                .matcher(read("login").body());
        assertThat(csrf.find()).isTrue();
        String form = "username=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "&_csrf="
                + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8);
        return client.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + "login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
