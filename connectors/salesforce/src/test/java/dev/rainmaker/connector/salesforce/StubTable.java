package dev.rainmaker.connector.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One object of an org that answers keyset queries like the real one, over HTTP: sorted by (stamp, id), in pages with
 * locators that hold the ids found by the query and show the rows as they then are. Its clock is set by the test.
 */
final class StubTable implements ResponseTransformerV2 {

    private static final Pattern WHERE = Pattern.compile(
            "WHERE SystemModstamp >= (\\S+)(?: AND \\(SystemModstamp > \\1 OR Id > '(\\w+)'\\))? ORDER");
    private static final Pattern LIMIT = Pattern.compile("LIMIT (\\d+)$");

    final WireMockServer server;
    int pageSize = 2000;
    boolean locatorsExpire;
    int largestQuery = Integer.MAX_VALUE;
    private Instant now;
    private final Map<String, Instant> rows = new TreeMap<>();
    private final Map<String, List<String>> cursors = new HashMap<>();

    StubTable(Instant now) {
        this.now = now;
        server = new WireMockServer(
                wireMockConfig().dynamicPort().bindAddress("127.0.0.1").extensions(this));
        server.start();
        server.stubFor(get(urlMatching("/services/data/v65.0/queryAll.*")).willReturn(aResponse()));
        server.stubFor(post("/services/oauth2/token")
                .willReturn(aResponse().withBody(StubOrg.token(StubOrg.TOKEN, "http://localhost:" + server.port()))));
    }

    synchronized void put(String id, Instant stamp) {
        rows.put(id, stamp);
    }

    synchronized void now(Instant instant) {
        now = instant;
    }

    synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Response transform(Response response, ServeEvent event) {
        String url = event.getRequest().getUrl();
        if (url.contains("/oauth2/")) {
            return response;
        }
        int query = url.indexOf("?q=");
        if (query >= 0) {
            String soql = URLDecoder.decode(url.substring(query + 3), StandardCharsets.UTF_8);
            List<String> found = select(soql);
            if (found.size() > largestQuery) {
                return answer(400, "[{\"errorCode\":\"QUERY_TIMEOUT\",\"message\":\"too much\"}]");
            }
            String cursor = "01g%012d".formatted(cursors.size());
            cursors.put(cursor, found);
            return page(cursor, 0);
        }
        if (locatorsExpire) {
            return answer(400, "[{\"errorCode\":\"INVALID_QUERY_LOCATOR\",\"message\":\"invalid query locator\"}]");
        }
        String[] locator = url.substring(url.lastIndexOf('/') + 1).split("-");
        return page(locator[0], Integer.parseInt(locator[1]));
    }

    private List<String> select(String soql) {
        Matcher where = WHERE.matcher(soql);
        boolean filtered = where.find();
        Instant from = filtered ? Instant.parse(where.group(1)) : Instant.MIN;
        String after = filtered && where.group(2) != null ? where.group(2) : "";
        Matcher limit = LIMIT.matcher(soql);
        long most = limit.find() ? Long.parseLong(limit.group(1)) : Long.MAX_VALUE;
        return rows.entrySet().stream()
                .filter(row -> row.getValue().isAfter(from)
                        || row.getValue().equals(from) && row.getKey().compareTo(after) > 0)
                .sorted(Map.Entry.<String, Instant>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Response page(String cursor, int offset) {
        List<String> all = cursors.get(cursor);
        int end = Math.min(all.size(), offset + pageSize);
        List<String> page = new ArrayList<>();
        all.subList(offset, end).forEach(id -> page.add(StubOrg.row(id, rows.get(id))));
        String next = end < all.size() ? "/services/data/v65.0/queryAll/" + cursor + "-" + end : null;
        return answer(200, StubOrg.page(all.size(), page, next));
    }

    private Response answer(int status, String body) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
        return Response.response()
                .status(status)
                .headers(new HttpHeaders(new HttpHeader("Date", date)))
                .body(body)
                .build();
    }

    @Override
    public String getName() {
        return "table";
    }

    @Override
    public boolean applyGlobally() {
        return true;
    }

    void close() {
        server.stop();
    }
}
