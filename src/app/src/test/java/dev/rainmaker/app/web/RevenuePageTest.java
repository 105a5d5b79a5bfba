package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revenue over HTTP, outside the demo. */
class RevenuePageTest {

    @TempDir
    static Path folder;

    private static SmallCompany company;
    private static String viewer;
    private static String partner;
    private static String operator;

    @BeforeAll
    static void open() throws Exception {
        company = new SmallCompany(folder, false);
        company.crm.put(
                "Opportunity",
                "006000000000009AAA",
                Map.of(
                        "Name", "In the reporting currency",
                        "PartnerAccountId", SmallCompany.PARTNER,
                        "LeadSource", "Partner",
                        "IsClosed", true,
                        "IsWon", true,
                        "Amount", new BigDecimal("1234.50"),
                        "CurrencyIsoCode", "USD",
                        "CloseDate", "2026-05-15",
                        "CreatedDate", "2026-01-02T00:00:00Z"));
        company.rainmaker.pass(null, false, Duration.ofSeconds(5));
        ApiTokens tokens = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC());
        viewer = tokens.create("v", Role.VIEWER, Optional.empty(), "test").secret();
        operator = tokens.create("o", Role.OPERATOR, Optional.empty(), "test").secret();
        partner = tokens.createForPartner("p", new RecordId("crm", "001000000000002AAA"), Optional.empty(), "test")
                .secret();
    }

    @AfterAll
    static void close() {
        company.close();
    }

    @Test
    void aProgramReadsWhatEachPartnerIsCreditedWith() throws Exception {
        JsonNode answer = json(get("api/revenue?from=2026-01&to=2026-12", viewer));

        assertThat(answer.path("rows")).hasSize(2);
        assertThat(answer.path("rows").get(0).path("sourced").decimalValue()).isEqualByComparingTo("1234.50");
        assertThat(answer.path("notes").toString()).contains("No month is closed yet");
    }

    @Test
    void aPartnerSeesItsOwnCreditsOnly() throws Exception {
        JsonNode rows =
                json(get("api/revenue?from=2026-01&to=2026-12", partner)).path("rows");

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).path("partner").asText()).isEqualTo("Elbe Systems");
        assertThat(get("api/revenue?view=penetration", partner).statusCode()).isEqualTo(403);
    }

    @Test
    void aWrongViewOrMonthIsToldWithWhatThereIs() throws Exception {
        HttpResponse<String> view = get("api/revenue?view=nothing", viewer);
        HttpResponse<String> month = get("api/revenue?from=May", viewer);

        assertThat(view.statusCode()).isEqualTo(400);
        assertThat(view.body()).contains("cross-sell");
        assertThat(month.statusCode()).isEqualTo(400);
        assertThat(month.body()).contains("2026-01");
    }

    @Test
    void onlyAnAdminClosesMonths() throws Exception {
        HttpResponse<String> refused = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(company.web.url() + "admin/revenue/close?month=2026-01"))
                                .header("Authorization", "Bearer " + operator)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(refused.statusCode()).isIn(302, 401, 403);
        assertThat(company.rainmaker.revenue().read().closedThrough()).isNull();
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(company.web.url() + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
