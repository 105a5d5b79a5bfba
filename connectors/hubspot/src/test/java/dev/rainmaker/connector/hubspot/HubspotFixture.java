package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.contract.Asked;
import dev.rainmaker.connector.contract.Reply;
import dev.rainmaker.connector.contract.VendorFixture;
import dev.rainmaker.connector.contract.VendorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A portal with contacts for the connector contract: lists, searches, batch reads and updates. */
final class HubspotFixture implements VendorFixture {

    private static final String FIELD = "rainmaker_reason";
    private static final String SECRET = "0123-canary-secret";
    private static final String REFRESH = "0123-canary-refresh";
    private static final String TOKEN = "0123-canary-token";

    @Override
    public ConnectorFactory factory() {
        return new HubspotFactory();
    }

    @Override
    public Map<String, String> settings(String url, Duration patience) {
        return Map.ofEntries(
                Map.entry("api-url", url),
                Map.entry("client-id", "id"),
                Map.entry("client-secret", SECRET),
                Map.entry("refresh-token", REFRESH),
                Map.entry("page-size", "2"),
                Map.entry("batch-size", "5"),
                Map.entry("overlap", "PT1S"),
                Map.entry("connect-timeout", patience.toString()),
                Map.entry("call-timeout", patience.multipliedBy(2).toString()),
                Map.entry("searches-per-second", "1000"),
                Map.entry("calls-per-10-seconds", "10000"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of(SECRET, REFRESH, TOKEN);
    }

    @Override
    public String stream() {
        return "contacts";
    }

    @Override
    public String field() {
        return FIELD;
    }

    @Override
    public String id(int n) {
        return String.valueOf(1_000 + n);
    }

    @Override
    public Step step(Asked asked) {
        String path = asked.path();
        if (path.equals("/crm/objects/2026-09/contacts/batch/update")) {
            return Step.WRITE;
        }
        if (path.startsWith("/crm/objects/2026-09/contacts")) {
            return Step.READ;
        }
        if (path.equals("/oauth/2026-09/token")) {
            return Step.LOGIN;
        }
        return path.startsWith("/crm/properties/") ? Step.DESCRIBE : Step.OTHER;
    }

    @Override
    public Reply answer(Asked asked, VendorTable table, String url) {
        String path = asked.path();
        return switch (step(asked)) {
            case LOGIN ->
                Reply.json("{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"bearer\",\"expires_in\":1800}");
            case WRITE -> write(asked, table);
            case DESCRIBE -> describe(path);
            case READ ->
                path.endsWith("/search")
                        ? search(asked, table)
                        : path.endsWith("/batch/read") ? batchRead(asked, table) : list(asked, table);
            case OTHER -> path.startsWith("/crm/owners/") ? Reply.json("{\"results\":[]}") : notFound();
        };
    }

    private static Reply notFound() {
        return Reply.of(
                404, "{\"status\":\"error\",\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"nothing is here\"}");
    }

    private static List<VendorTable.Row> byId(VendorTable table) {
        return table.rows().stream()
                .sorted(Comparator.comparingLong(row -> Long.parseLong(row.id())))
                .toList();
    }

    private Reply list(Asked asked, VendorTable table) {
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode results = page.putArray("results");
        if (asked.query().getOrDefault("archived", "false").equals("true")) {
            return now(page);
        }
        long after = Long.parseLong(asked.query().getOrDefault("after", "0"));
        int limit = Integer.parseInt(asked.query().get("limit"));
        List<VendorTable.Row> rest = byId(table).stream()
                .filter(row -> Long.parseLong(row.id()) > after)
                .toList();
        rest.stream().limit(limit).forEach(row -> results.add(record(row, table)));
        if (rest.size() > limit) {
            page.putObject("paging")
                    .putObject("next")
                    .put("after", rest.get(limit - 1).id());
        }
        return now(page);
    }

    /** HubSpot's answers carry its time. */
    private static Reply now(ObjectNode page) {
        return Reply.json(page.toString())
                .with(
                        "Date",
                        java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().atOffset(java.time.ZoneOffset.UTC)));
    }

    private Reply search(Asked asked, VendorTable table) {
        JsonNode wanted = Json.read(asked.body());
        long since = 0;
        long behind = 0;
        for (JsonNode filter : wanted.at("/filterGroups/0/filters")) {
            if (filter.path("propertyName").asText().equals("hs_object_id")) {
                behind = filter.path("value").asLong();
            } else {
                since = filter.path("value").asLong();
            }
        }
        long from = since;
        long after = behind;
        List<VendorTable.Row> found = byId(table).stream()
                .filter(row -> row.changed().toEpochMilli() >= from && Long.parseLong(row.id()) > after)
                .toList();
        int limit = wanted.path("limit").asInt();
        ObjectNode page = Json.MAPPER.createObjectNode().put("total", found.size());
        ArrayNode results = page.putArray("results");
        found.stream().limit(limit).forEach(row -> results.add(record(row, table)));
        if (found.size() > limit) {
            page.putObject("paging").putObject("next").put("after", String.valueOf(limit));
        }
        return now(page);
    }

    private Reply batchRead(Asked asked, VendorTable table) {
        Set<String> ids = new HashSet<>();
        Json.read(asked.body())
                .path("inputs")
                .forEach(input -> ids.add(input.path("id").asText()));
        ObjectNode answer = Json.MAPPER.createObjectNode().put("status", "COMPLETE");
        ArrayNode results = answer.putArray("results");
        if (!asked.query().getOrDefault("archived", "false").equals("true")) {
            byId(table).stream().filter(row -> ids.contains(row.id())).forEach(row -> results.add(record(row, table)));
        }
        return now(answer);
    }

    private static ObjectNode record(VendorTable.Row row, VendorTable table) {
        ObjectNode record = Json.MAPPER.createObjectNode().put("id", row.id());
        ObjectNode properties = record.putObject("properties").put("hs_object_id", row.id());
        if (!table.fieldHidden()) {
            properties.put(FIELD, row.value());
        }
        return record.put("createdAt", "2026-01-01T00:00:00Z")
                .put("updatedAt", row.changed().toString())
                .put("archived", false);
    }

    private Reply write(Asked asked, VendorTable table) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("status", "COMPLETE");
        ArrayNode results = answer.putArray("results");
        ArrayNode errors = Json.MAPPER.createArrayNode();
        for (JsonNode input : Json.read(asked.body()).path("inputs")) {
            String id = input.path("id").asText();
            if (table.write(id, input.path("properties").path(FIELD).asText())) {
                results.addObject().put("id", id);
            } else {
                ObjectNode error = errors.addObject()
                        .put("status", "error")
                        .put("category", "OBJECT_NOT_FOUND")
                        .put("message", "no such object");
                error.putObject("context").putArray("ids").add(id);
            }
        }
        if (errors.isEmpty()) {
            return Reply.json(answer.toString());
        }
        answer.put("numErrors", errors.size()).set("errors", errors);
        return Reply.of(207, answer.toString());
    }

    private static Reply describe(String path) {
        return path.endsWith("/contacts")
                ? Reply.json("{\"results\":[{\"name\":\"" + FIELD + "\",\"label\":\"Reason\",\"type\":\"string\","
                        + "\"fieldType\":\"text\",\"groupName\":\"rainmaker\"}]}")
                : notFound();
    }
}
