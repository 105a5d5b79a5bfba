package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.soql.Grouping;
import dev.rainmaker.sandbox.salesforce.soql.JsonBytes;
import dev.rainmaker.sandbox.salesforce.soql.Plan;
import dev.rainmaker.sandbox.salesforce.soql.QueryRefused;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /query}, {@code /queryAll} and their further pages. A locator is opaque and the last segment of its path. */
final class Queries {

    private static final int LARGEST_BATCH = 2000;
    private static final Pattern BATCH_SIZE = Pattern.compile("batchSize\\s*=\\s*(\\d{1,9})", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCATOR = Pattern.compile("(01g\\w+)-(\\d{1,9})");

    private final Org org;
    private final Supplier<Profile> profile;
    private final Map<String, Cursor> cursors = new LinkedHashMap<>();
    private long cursorNumber;

    Queries(Org org, Supplier<Profile> profile) {
        this.org = org;
        this.profile = profile;
    }

    private record Cursor(Plan plan, List<Row> rows, int batch, Instant opened) {}

    Reply query(Call call, boolean withDeleted) throws ApiFault {
        String soql = call.request().parameter("q");
        if (soql == null) {
            throw new ApiFault(400, "MALFORMED_QUERY", "A query string has to be specified");
        }
        try {
            Plan plan = Plan.of(org, soql);
            if (Boolean.parseBoolean(call.request().parameter("columns"))) {
                return columns(plan);
            }
            List<Row> rows = plan.run(withDeleted);
            Grouping grouping = plan.grouping();
            if (grouping != null) {
                return grouped(grouping.sum(rows));
            }
            if (plan.countsOnly()) {
                return Reply.json(200, 64, json -> head(json, rows.size(), null, true));
            }
            return page(call, new Cursor(plan, rows, batch(call), org.clock().instant()), null, 0);
        } catch (QueryRefused refused) {
            throw ApiFault.of(refused);
        }
    }

    private int batch(Call call) {
        Matcher asked =
                BATCH_SIZE.matcher(call.request().header("Sforce-Query-Options").orElse(""));
        int size = asked.find() ? Integer.parseInt(asked.group(1)) : LARGEST_BATCH;
        return Math.max(profile.get().number("smallest-batch"), Math.min(LARGEST_BATCH, size));
    }

    /** A further page. Reading one again gives it again. */
    Reply more(Call call, String locator) throws ApiFault {
        Matcher parts = LOCATOR.matcher(locator);
        Cursor cursor = parts.matches() ? find(parts.group(1)) : null;
        if (cursor == null || Integer.parseInt(parts.group(2)) > cursor.rows().size()) {
            throw new ApiFault(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        }
        return page(call, cursor, parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private synchronized @Nullable Cursor find(String id) {
        Instant oldest = org.clock().instant().minus(profile.get().duration("locator-lifetime"));
        cursors.values().removeIf(cursor -> cursor.opened().isBefore(oldest));
        return cursors.get(id);
    }

    private synchronized String keep(Cursor cursor) {
        cursors.keySet().stream()
                .limit(Math.max(0, cursors.size() + 1L - profile.get().number("open-locators")))
                .toList()
                .forEach(cursors::remove);
        String id = SalesforceId.of("01g", "RM0", org.clock().millis() * 1000 + cursorNumber++ % 1000);
        cursors.put(id, cursor);
        return id;
    }

    /** Forgets all locators, as if their time had run out. */
    synchronized void expireLocators() {
        cursors.clear();
    }

    private Reply page(Call call, Cursor cursor, @Nullable String id, int from) {
        List<Row> rows = cursor.rows();
        int to = Math.min(rows.size(), from + cursor.batch());
        String next = to == rows.size() ? null : (id == null ? keep(cursor) : id) + "-" + to;
        JsonBytes json = new JsonBytes(1024 + 1000 * (to - from));
        json.raw("{\"totalSize\":" + rows.size() + ",\"done\":" + (next == null));
        if (next != null) {
            json.raw(",\"nextRecordsUrl\":\"" + call.base() + "/query/" + next + "\"");
        }
        json.raw(",\"records\":[");
        String sobjects = call.sobjects();
        for (int i = from; i < to; i++) {
            json.raw(i == from ? "" : ",");
            cursor.plan().projection().write(json, rows.get(i), sobjects);
        }
        return Reply.json(200, json.raw("]}").toBytes());
    }

    private static void head(JsonGenerator json, int size, @Nullable String next, boolean close) throws IOException {
        json.writeStartObject();
        json.writeNumberField("totalSize", size);
        json.writeBooleanField("done", next == null);
        json.writeArrayFieldStart("records");
        if (close) {
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static Reply grouped(List<Map<String, @Nullable Object>> rows) {
        return Reply.json(200, 4096, json -> {
            head(json, rows.size(), null, false);
            for (Map<String, @Nullable Object> row : rows) {
                json.writeStartObject();
                json.writeObjectFieldStart("attributes");
                json.writeStringField("type", "AggregateResult");
                json.writeEndObject();
                for (Map.Entry<String, @Nullable Object> column : row.entrySet()) {
                    json.writeFieldName(column.getKey());
                    FieldValue.write(json, column.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code columns=true}: what the columns are, instead of records. */
    private static Reply columns(Plan plan) {
        List<Field> fields = plan.projection().fields();
        List<String> paths = plan.projection().paths();
        return Reply.json(200, 4096, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("columnMetadata");
            for (int i = 0; i < fields.size(); i++) {
                column(json, fields.get(i), paths.get(i));
            }
            json.writeEndArray();
            json.writeStringField("entityName", plan.from().name());
            json.writeBooleanField("groupBy", false);
            json.writeBooleanField("idSelected", paths.contains("Id"));
            json.writeStringField("keyPrefix", plan.from().prefix());
            json.writeEndObject();
        });
    }

    private static void column(JsonGenerator json, Field field, String path) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("aggregate", false);
        json.writeStringField("apexType", field.type().vendorName());
        json.writeBooleanField("booleanType", field.type() == FieldType.BOOLEAN);
        json.writeStringField("columnName", path);
        json.writeBooleanField("custom", field.custom());
        json.writeStringField("displayName", path);
        json.writeNullField("foreignKeyName");
        json.writeBooleanField("insertable", !field.is(Field.Flag.READONLY));
        json.writeArrayFieldStart("joinColumns");
        json.writeEndArray();
        json.writeBooleanField("numberType", field.type().kind() == FieldType.Kind.NUMBER);
        json.writeBooleanField("textType", field.type().kind() == FieldType.Kind.TEXT);
        json.writeBooleanField("updatable", !field.is(Field.Flag.READONLY) && !field.is(Field.Flag.CREATEONLY));
        json.writeEndObject();
    }
}
