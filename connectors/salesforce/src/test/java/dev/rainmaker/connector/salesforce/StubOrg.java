package dev.rainmaker.connector.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Salesforce org made of canned answers over real HTTP, and connections to it. */
final class StubOrg implements AutoCloseable {

    static final String ORG = "00D000000000001EAA";
    static final String SECRET = "canary-client-secret";
    static final String TOKEN = "00D000000000001!canary-access-token";

    final WireMockServer server;
    private final String url;
    private final List<Connector> opened = new ArrayList<>();

    StubOrg() {
        server = new WireMockServer(
                wireMockConfig().dynamicPort().containerThreads(40).bindAddress("127.0.0.1"));
        server.start();
        url = "http://localhost:" + server.port();
        logsIn(TOKEN, url());
    }

    String url() {
        return url;
    }

    void logsIn(String token, String instanceUrl) {
        server.stubFor(post("/services/oauth2/token").willReturn(json(200, token(token, instanceUrl))));
    }

    static String token(String token, String instanceUrl) {
        return """
                {"access_token":"%s","instance_url":"%s","id":"https://login.salesforce.com/id/%s/005000000000001AAA",
                 "token_type":"Bearer","issued_at":"1767323045000","signature":"x","scope":"api"}""".formatted(token, instanceUrl, ORG);
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return json(status, body, "api-usage=18/5000");
    }

    static ResponseDefinitionBuilder json(int status, String body, String limitInfo) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json;charset=UTF-8")
                .withHeader("Sforce-Limit-Info", limitInfo)
                .withBody(body);
    }

    static ResponseDefinitionBuilder error(int status, String code, String message) {
        return json(status, "[{\"message\":\"" + message + "\",\"errorCode\":\"" + code + "\"}]");
    }

    static MappingBuilder query() {
        return get(urlPathMatching("/services/data/v65.0/queryAll/?"));
    }

    static MappingBuilder write() {
        return patch(urlPathEqualTo("/services/data/v65.0/composite/sobjects"));
    }

    void queryAnswers(ResponseDefinitionBuilder answer) {
        server.stubFor(query().willReturn(answer));
    }

    void everythingAnswers(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(answer));
    }

    /** The SOQL of every query so far, in order. */
    List<String> queries() {
        return requests("/services/data/v65.0/queryAll/?").stream()
                .map(request -> URLDecoder.decode(
                        request.getUrl().substring(request.getUrl().indexOf("?q=") + 3), StandardCharsets.UTF_8))
                .toList();
    }

    List<LoggedRequest> requests(String pathPattern) {
        return server.findAll(RequestPatternBuilder.allRequests()).stream()
                .filter(request -> request.getUrl().split("\\?")[0].matches(pathPattern))
                .sorted((a, b) -> a.getLoggedDate().compareTo(b.getLoggedDate()))
                .toList();
    }

    int logins() {
        return requests("/services/oauth2/token").size();
    }

    Connector open(String... keysAndValues) {
        return openAt(Clock.systemUTC(), keysAndValues);
    }

    Connector openAt(Clock clock, String... keysAndValues) {
        SalesforceConnector connector =
                new SalesforceConnector("crm", SalesforceSettings.from(settings(url(), keysAndValues)), clock);
        opened.add(connector);
        return connector;
    }

    static Settings settings(String url, String... keysAndValues) {
        Map<String, String> given =
                new HashMap<>(Map.of("login-url", url, "client-id", "canary-client-id", "client-secret", SECRET));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        given.values().removeIf(String::isEmpty);
        return new Settings(new SalesforceFactory().settings(), given);
    }

    /** A row as JSON. */
    static String row(String id, Instant stamp, String... fieldsAsJson) {
        StringBuilder row = new StringBuilder(
                        "{\"attributes\":{\"type\":\"Lead\",\"url\":\"/services/data/v65.0/sobjects/Lead/")
                .append(id)
                .append("\"},\"Id\":\"")
                .append(id)
                .append("\",\"SystemModstamp\":\"")
                .append(SalesforceStamp.written(stamp))
                .append("\",\"IsDeleted\":false");
        for (String field : fieldsAsJson) {
            row.append(',').append(field);
        }
        return row.append('}').toString();
    }

    static String page(long total, List<String> rows, String next) {
        return "{\"totalSize\":" + total + ",\"done\":" + (next == null)
                + (next == null ? "" : ",\"nextRecordsUrl\":\"" + next + "\"")
                + ",\"records\":[" + String.join(",", rows) + "]}";
    }

    static String page(String... rows) {
        return page(rows.length, List.of(rows), null);
    }

    /** The 18-character id of the n-th lead. */
    static String lead(int n) {
        return SalesforceId.canonical("00Q%012d".formatted(n)).orElseThrow();
    }

    @Override
    public void close() {
        opened.forEach(Connector::close);
        server.stop();
    }
}
