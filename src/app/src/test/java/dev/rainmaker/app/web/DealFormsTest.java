package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.dealregistration.Registration;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's forms for deals, filled in as a browser does. */
class DealFormsTest {

    @TempDir
    static Path folder;

    private static SmallCompany company;

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @BeforeAll
    static void open() throws Exception {
        company = new SmallCompany(folder, true);
    }

    @AfterAll
    static void close() {
        company.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String path, String... namesAndValues) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return browser.send(
                HttpRequest.newBuilder(URI.create(company.web.url() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String hidden(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).as(name).isTrue();
        return field.group(1);
    }

    private static List<Registration> registrations() {
        return company.rainmaker.deals().registrations().list(null, null, null, 100);
    }

    @Test
    void aClaimIsHandedInOnceHoweverOftenTheButtonIsPressedAndItsLettersStay() throws Exception {
        String page = get("deals/new").body();
        String[] form = {
            "_csrf", hidden(page, "_csrf"),
            "key", hidden(page, "key"),
            "partner", "Elbe Systems",
            "customerName", "Müller & Söhne 🚀 GmbH",
            "customerCountry", "de",
            "products", "Firewall"
        };

        HttpResponse<String> once = send("deals/new", form);
        HttpResponse<String> again = send("deals/new", form);

        assertThat(once.uri().getPath())
                .startsWith("/deals/DR-")
                .isEqualTo(again.uri().getPath());
        assertThat(once.body()).contains("Müller &amp; Söhne 🚀 GmbH").contains("approved");
        assertThat(registrations())
                .filteredOn(each -> "Müller & Söhne 🚀 GmbH".equals(each.claim().customerName()))
                .hasSize(1);
        assertThat(get("locks").body()).contains("<svg").contains("Elbe Systems holds");
    }

    @Test
    void whatIsWrongIsToldAboveTheFormAndWhatWasTypedStays() throws Exception {
        String page = get("deals/new").body();
        int before = registrations().size();

        HttpResponse<String> refused = send(
                "deals/new",
                "_csrf",
                hidden(page, "_csrf"),
                "key",
                hidden(page, "key"),
                "partner",
                "Elbe Systems",
                "customerName",
                "<b>Bold</b>\u202E",
                "customerCountry",
                "DE",
                "amount",
                "-4");

        assertThat(refused.body())
                .contains("U+202E")
                .contains("amount must not be negative")
                .contains("&lt;b&gt;Bold&lt;/b&gt;")
                .doesNotContain("<b>Bold");
        assertThat(registrations()).hasSize(before);
    }

    @Test
    void twoCustomersAreComparedBeforeTheyAreMerged() throws Exception {
        String page = get("deals/new").body();
        for (String customer : List.of("Hydraulik Weber GmbH", "Hydraulik Webber GmbH")) {
            send(
                    "deals/new",
                    "_csrf",
                    hidden(page, "_csrf"),
                    "key",
                    customer,
                    "partner",
                    "Elbe Systems",
                    "customerName",
                    customer,
                    "customerCountry",
                    "DE");
        }
        Registration typo = registrations().get(0);
        String about = company.rainmaker
                .deals()
                .conflicts()
                .openOf(typo.number())
                .get(0)
                .about();
        assertThat(get("deals/merge").body()).contains("Hydraulik Webber GmbH").contains("Compare");

        String compared =
                get("deals/merge?from=" + typo.customer() + "&into=" + about).body();
        assertThat(compared).contains("Merge " + typo.customer() + " into " + about);
        HttpResponse<String> merged =
                send("deals/merge", "_csrf", hidden(compared, "_csrf"), "from", typo.customer(), "into", about);

        assertThat(merged.body()).contains("They are one customer now");
        assertThat(company.rainmaker.deals().customers().remaining(typo.customer()))
                .isEqualTo(about);
        assertThat(get("deals/merge").body()).doesNotContain("Webber");
    }

    @Test
    void revenueIsDrawnByMonth() throws Exception {
        company.crm.put(
                "Opportunity",
                "006000000000009AAA",
                java.util.Map.of(
                        "Name", "In the reporting currency",
                        "PartnerAccountId", SmallCompany.PARTNER,
                        "LeadSource", "Partner",
                        "IsClosed", true,
                        "IsWon", true,
                        "Amount", new java.math.BigDecimal("1234.50"),
                        "CurrencyIsoCode", "USD",
                        "CloseDate", "2026-05-15",
                        "CreatedDate", "2026-01-02T00:00:00Z"));
        company.rainmaker.pass(null, false, java.time.Duration.ofSeconds(5));

        assertThat(get("revenue?from=2026-01&to=2026-12").body())
                .contains("<title>2026-05: sourced 1234.50</title>")
                .contains("sourced</span>");
        assertThat(get("revenue?from=2026-06&to=2026-12").body()).doesNotContain("class=\"chart");
    }
}
