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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations and locks over HTTP: what a partner may do and see, and what it must never learn. */
class DealsApiTest {

    private static final String RHINE = SmallCompany.PARTNER;
    private static final String ELBE = "001000000000002AAA";

    @TempDir
    static Path folder;

    private static SmallCompany company;
    private static String rhine;
    private static String elbe;
    private static String operator;
    private static String viewer;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void open() throws Exception {
        company = new SmallCompany(folder, false);
        ApiTokens tokens = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC());
        rhine = tokens.createForPartner("rhine", new RecordId("crm", RHINE), Optional.empty(), "test")
                .secret();
        elbe = tokens.createForPartner("elbe", new RecordId("crm", ELBE), Optional.empty(), "test")
                .secret();
        operator =
                tokens.create("desk", Role.OPERATOR, Optional.empty(), "test").secret();
        viewer = tokens.create("reader", Role.VIEWER, Optional.empty(), "test").secret();
    }

    @AfterAll
    static void close() {
        company.close();
    }

    private HttpResponse<String> send(String method, String path, String token, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(company.web.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String claim(String customer) {
        return "{\"customerName\": \"" + customer + "\", \"customerCountry\": \"DE\", \"products\": [\"Firewall\"]}";
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aPartnerRegistersAndTheSecondLearnsNothingOfTheFirst() throws Exception {
        HttpResponse<String> first = send(
                "POST", "api/deal-registrations", rhine, claim("Bergmann Hydraulik GmbH"), "Idempotency-Key", "k1");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        String number = json(first).path("number").asText();
        assertThat(json(first).path("state").asText()).isEqualTo("approved");

        HttpResponse<String> second = send("POST", "api/deal-registrations", elbe, claim("BERGMANN-HYDRAULIK"));
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(json(second).path("state").asText()).isEqualTo("rejected");
        String own = json(second).path("number").asText();
        for (String path : new String[] {
            "api/deal-registrations",
            "api/deal-registrations/" + own,
            "api/locks",
            "api/deal-registrations?partner=crm/" + RHINE
        }) {
            String seen = send("GET", path, elbe, null).body();
            assertThat(seen)
                    .as(path)
                    .doesNotContain(number)
                    .doesNotContain(RHINE)
                    .doesNotContain("Rhine");
        }
        assertThat(send("GET", "api/deal-registrations/" + number, elbe, null).statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "api/locks", rhine, null).body()).contains(number);
        assertThat(send("GET", "api/deal-registrations/" + own, viewer, null).body())
                .as("the reviewer sees all of it")
                .contains("Rhine");
    }

    @Test
    void theSameKeyIsTheSameRegistrationAndAnotherClaimUnderItIsRefused() throws Exception {
        HttpResponse<String> once =
                send("POST", "api/deal-registrations", rhine, claim("Doppelt GmbH"), "Idempotency-Key", "k2");
        HttpResponse<String> again =
                send("POST", "api/deal-registrations", rhine, claim("Doppelt GmbH"), "Idempotency-Key", "k2");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("number")).isEqualTo(json(once).path("number"));
        assertThat(send("POST", "api/deal-registrations", rhine, claim("Anders AG"), "Idempotency-Key", "k2")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void whatIsWrongIsToldWholeAndNothingIsKept() throws Exception {
        HttpResponse<String> answer = send(
                "POST",
                "api/deal-registrations",
                rhine,
                "{\"customerName\": \"Neu GmbH\", \"products\": [\"Hovercraft\"]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("customerCountry is missing").contains("Hovercraft");
        assertThat(send("GET", "api/deal-registrations", viewer, null).body()).doesNotContain("Neu GmbH");
        assertThat(send("POST", "api/deal-registrations", rhine, "{\"customer\": \"nonsense\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aClosedCustomerIsRefusedBeItNamedOrOnlyMeant() throws Exception {
        String closed = "001000000000009AAA";
        company.crm.put(
                "Account",
                closed,
                Map.of(
                        "Name",
                        "Zugesperrt Maschinenbau GmbH",
                        "IsPartner",
                        false,
                        "BillingCountry",
                        "DE",
                        "Type",
                        "Out of Business"));
        company.rainmaker.pass(null, false, Duration.ofSeconds(5));

        for (String claim : List.of(
                claim("Zugesperrt Maschinenbau"),
                "{\"customer\": \"crm/" + closed + "\", \"customerName\": \"Z\", \"customerCountry\": \"DE\"}")) {
            HttpResponse<String> answer = send("POST", "api/deal-registrations", rhine, claim);

            assertThat(answer.statusCode()).as(claim).isEqualTo(422);
            assertThat(json(answer).path("detail").asText())
                    .isEqualTo("the customer is closed: no deal can be registered with it");
        }
        assertThat(send("GET", "api/deal-registrations", viewer, null).body()).doesNotContain("Zugesperrt");
    }

    @Test
    void aPartnerMayNeitherDecideNorSpeakForAnother() throws Exception {
        String number = json(send("POST", "api/deal-registrations", rhine, claim("Eigen GmbH")))
                .path("number")
                .asText();
        String why = "{\"why\": \"because\"}";

        assertThat(send("POST", "api/deal-registrations/" + number + "/release", rhine, why)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "api/deal-registrations/" + number + "/release", viewer, why)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(
                                "POST",
                                "api/deal-registrations",
                                elbe,
                                "{\"partner\": \"crm/" + RHINE + "\", \"customerName\": \"X GmbH\"}")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> released = send("POST", "api/deal-registrations/" + number + "/release", operator, why);
        assertThat(json(released).path("state").asText()).isEqualTo("released");
        assertThat(send("POST", "api/deal-registrations/" + number + "/release", operator, why)
                        .statusCode())
                .isEqualTo(409);
        assertThat(send("POST", "api/deal-registrations/" + number + "/dance", operator, why)
                        .statusCode())
                .isEqualTo(404);
    }
}
