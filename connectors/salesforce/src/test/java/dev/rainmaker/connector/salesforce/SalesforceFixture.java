package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.contract.Asked;
import dev.rainmaker.connector.contract.Reply;
import dev.rainmaker.connector.contract.VendorFixture;
import dev.rainmaker.connector.contract.VendorTable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An org with one object for the connector contract: keyset queries, fetches by id, collections. */
final class SalesforceFixture implements VendorFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "/services/data/v65.0";
    private static final String FIELD = "Rainmaker_Reason__c";
    private static final Pattern AFTER =
            Pattern.compile("SystemModstamp >= (\\S+)(?: AND \\(SystemModstamp > \\1 OR Id > '(\\w+)'\\))? ORDER");
    private static final Pattern LIMIT = Pattern.compile("LIMIT (\\d+)$");
    private static final Pattern IDS = Pattern.compile("Id IN \\(([^)]*)\\)");

    @Override
    public ConnectorFactory factory() {
        return new SalesforceFactory();
    }

    @Override
    public Map<String, String> settings(String url, Duration patience) {
        return Map.of(
                "login-url",
                url,
                "client-id",
                "id",
                "client-secret",
                StubOrg.SECRET,
                "page-size",
                "2",
                "overlap",
                "PT1S",
                "connect-timeout",
                patience.toString(),
                "idle-timeout",
                patience.toString(),
                "call-timeout",
                patience.multipliedBy(3).toString());
    }

    @Override
    public Set<String> secrets() {
        return Set.of(StubOrg.SECRET, StubOrg.TOKEN);
    }

    @Override
    public String stream() {
        return "Lead";
    }

    @Override
    public String field() {
        return FIELD;
    }

    @Override
    public String id(int n) {
        return StubOrg.lead(n);
    }

    @Override
    public Step step(Asked asked) {
        String path = asked.path();
        if (path.startsWith("/services/oauth2/")) {
            return Step.LOGIN;
        }
        if (path.startsWith(DATA + "/query")) {
            return Step.READ;
        }
        if (path.equals(DATA + "/composite/sobjects")) {
            return Step.WRITE;
        }
        return path.startsWith(DATA + "/sobjects") ? Step.DESCRIBE : Step.OTHER;
    }

    @Override
    public Reply answer(Asked asked, VendorTable table, String url) {
        return switch (step(asked)) {
            case LOGIN -> Reply.json(StubOrg.token(StubOrg.TOKEN, url));
            case READ -> query(asked.query().getOrDefault("q", ""), table);
            case WRITE -> write(asked, table);
            case DESCRIBE -> describe(asked.path());
            case OTHER -> error(404);
        };
    }

    private static Reply query(String soql, VendorTable table) {
        Matcher ids = IDS.matcher(soql);
        Stream<VendorTable.Row> rows = table.rows().stream();
        if (ids.find()) {
            String wanted = ids.group(1);
            rows = rows.filter(row -> wanted.contains(row.id()));
        } else {
            rows = rows.filter(row -> isAfter(row, soql));
        }
        Matcher limit = LIMIT.matcher(soql);
        List<VendorTable.Row> found = rows.limit(limit.find() ? Long.parseLong(limit.group(1)) : Long.MAX_VALUE)
                .toList();
        ArrayNode records = JSON.createArrayNode();
        for (VendorTable.Row row : found) {
            ObjectNode record = records.addObject().put("Id", row.id());
            record.put("SystemModstamp", SalesforceStamp.written(row.changed())).put("IsDeleted", false);
            if (!table.fieldHidden()) {
                record.put(FIELD, row.value());
            }
        }
        ObjectNode page = JSON.createObjectNode().put("totalSize", found.size()).put("done", true);
        page.set("records", records);
        return Reply.json(page.toString());
    }

    private static boolean isAfter(VendorTable.Row row, String soql) {
        Matcher after = AFTER.matcher(soql);
        if (!after.find()) {
            return true;
        }
        Instant from = Instant.parse(after.group(1));
        String id = after.group(2) == null ? "" : after.group(2);
        return row.changed().isAfter(from)
                || row.changed().equals(from) && row.id().compareTo(id) > 0;
    }

    private static Reply write(Asked asked, VendorTable table) {
        ArrayNode results = JSON.createArrayNode();
        for (JsonNode record : tree(asked.text()).path("records")) {
            String id = record.path("id").asText();
            boolean stored = table.write(id, record.path(FIELD).asText());
            ObjectNode result = results.addObject().put("id", id).put("success", stored);
            ArrayNode errors = result.putArray("errors");
            if (!stored) {
                errors.addObject()
                        .put("statusCode", "ENTITY_IS_DELETED")
                        .put("message", "entity is deleted")
                        .putArray("fields");
            }
        }
        return Reply.json(results.toString());
    }

    private static Reply describe(String path) {
        if (path.endsWith("/sobjects")) {
            return Reply.json("{\"sobjects\":[{\"name\":\"Lead\",\"label\":\"Lead\",\"queryable\":true}]}");
        }
        if (!path.endsWith("/Lead/describe")) {
            return Reply.of(404, "[{\"errorCode\":\"NOT_FOUND\",\"message\":\"no such object\"}]");
        }
        return Reply.json("""
                {"name":"Lead","label":"Lead","queryable":true,"fields":[
                 {"name":"Id","label":"Id","type":"id","length":18,"updateable":false,"custom":false},
                 {"name":"%s","label":"Reason","type":"string","length":255,"updateable":true,"custom":true}]}""".formatted(FIELD));
    }

    @Override
    public Reply fieldGone() {
        return Reply.of(
                400,
                "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\"No such column '" + FIELD + "' on entity 'Lead'.\"}]");
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
