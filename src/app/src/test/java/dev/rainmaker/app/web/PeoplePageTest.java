package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worklist of people over HTTP: page and REST. */
class PeoplePageTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @TempDir
    Path folder;

    private SmallCompany company;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @BeforeEach
    void open() throws Exception {
        company = new SmallCompany(folder, true);
        company.crm.put("Contact", "003000000000001AAA", Map.of("LastName", "<i>Doe</i>", "Email", "doe@gmail.com"));
        company.rainmaker.pass(null, true, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        company.close();
    }

    private String page() throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(company.web.url() + "people"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String submit(String action, String form) throws Exception {
        Matcher token = TOKEN.matcher(page());
        String csrf = token.find() ? "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8) : "";
        return client.send(
                        HttpRequest.newBuilder(URI.create(company.web.url() + "people/" + action))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form + csrf))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aPersonIsLinkedOnThePageAndTheLinkUndone() throws Exception {
        assertThat(page()).contains("&lt;i&gt;Doe&lt;/i&gt;", "doe@gmail.com", "nothing points to a partner");

        assertThat(submit("link", "person=crm/003000000000001AAA&partner=Elbe"))
                .contains("belongs to Elbe Systems", "linked by ", "Everybody has a partner");
        assertThat(submit("undo", "person=crm/003000000000001AAA")).contains("Taken back", "doe@gmail.com");
        assertThat(submit("link", "person=crm/003000000000001AAA&partner=nobody of this name"))
                .contains("No partner has");
        assertThat(submit("nobody", "person=crm/003000000000001AAA")).contains("belongs to no partner");
    }

    @Test
    void programsReadTheWorklistAndLink() throws Exception {
        String token = new ApiTokens(company.rainmaker.ledger().dataSource(), Clock.systemUTC())
                .create("flow", Role.OPERATOR, Optional.empty(), "test")
                .secret();

        assertThat(call(token, "GET", "api/people", "")
                        .get("items")
                        .get(0)
                        .get("person")
                        .asText())
                .isEqualTo("crm/003000000000001AAA");
        JsonNode linked = call(
                token,
                "POST",
                "api/people/link",
                "{\"person\":\"crm/003000000000001AAA\",\"partner\":\"crm/" + SmallCompany.PARTNER + "\"}");
        assertThat(linked.get("link").get("evidence").asText()).isEqualTo("linked by flow");
        assertThat(call(token, "GET", "api/people?state=linked", "").get("items"))
                .hasSize(1);
        assertThat(call(token, "POST", "api/people/undo", "{\"person\":\"crm/003000000000001AAA\"}")
                        .has("link"))
                .isFalse();
        assertThat(call(token, "POST", "api/people/link", "{\"person\":\"crm/x\",\"nobody\":true}")
                        .get("status")
                        .asInt())
                .isEqualTo(404);
        assertThat(call(token, "POST", "api/people/link", "{\"person\":\"crm/x\"}")
                        .get("status")
                        .asInt())
                .isEqualTo(400);
    }

    private JsonNode call(String token, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(company.web.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return new ObjectMapper()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
