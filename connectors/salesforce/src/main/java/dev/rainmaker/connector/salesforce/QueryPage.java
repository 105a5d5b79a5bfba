package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.rainmaker.connector.SourceRecord;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a query. Read in one pass over the bytes; anything that is not a whole, consistent answer is refused, and
 * nothing of it is returned.
 *
 * @param total how many rows the query has in all
 * @param next path of the next page, null where this one is the last
 */
record QueryPage(
        List<SourceRecord> records, long total, @Nullable String next) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(256 << 20)
                    .build())
            .build();

    /** @throws IOException if the bytes are not a whole answer; its message tells where, and nothing of the content */
    static QueryPage parse(String stream, byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            return new Reading(stream, body, json).page();
        } catch (DateTimeException notAStamp) {
            throw new IOException("a row's SystemModstamp is not an instant");
        }
    }

    private static final class Reading {
        private final String stream;
        private final byte[] body;
        private final JsonParser json;
        private int width = 16;

        Reading(String stream, byte[] body, JsonParser json) {
            this.stream = stream;
            this.body = body;
            this.json = json;
        }

        QueryPage page() throws IOException {
            long total = -1;
            Boolean done = null;
            String next = null;
            List<SourceRecord> records = null;
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "totalSize" -> {
                        expect(value, JsonToken.VALUE_NUMBER_INT);
                        total = json.getLongValue();
                    }
                    case "done" -> done = json.getBooleanValue();
                    case "nextRecordsUrl" -> next = value == JsonToken.VALUE_NULL ? null : json.getText();
                    case "records" -> records = records(value);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new IOException("something follows its end at byte " + offset());
            }
            if (total < 0 || done == null || records == null || done == (next != null)) {
                throw new IOException(
                        "totalSize, done, records or nextRecordsUrl are missing or contradict each other");
            }
            return new QueryPage(records, total, next);
        }

        private List<SourceRecord> records(JsonToken start) throws IOException {
            expect(start, JsonToken.START_ARRAY);
            List<SourceRecord> records = new ArrayList<>(2000);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                records.add(row());
            }
            return records;
        }

        private SourceRecord row() throws IOException {
            expect(json.currentToken(), JsonToken.START_OBJECT);
            int from = (int) json.currentTokenLocation().getByteOffset();
            Map<String, @Nullable Object> fields = object();
            width = fields.size();
            byte[] raw = Arrays.copyOfRange(body, from, offset());
            if (!(fields.get("Id") instanceof String id) || !(fields.get("SystemModstamp") instanceof String stamp)) {
                throw new IOException("a row without Id or SystemModstamp ends at byte " + offset());
            }
            String canonical =
                    SalesforceId.canonical(id).orElseThrow(() -> new IOException("a row's Id is no Salesforce id"));
            return new SourceRecord(
                    stream,
                    canonical,
                    SalesforceStamp.parse(stamp),
                    Boolean.TRUE.equals(fields.get("IsDeleted")),
                    Collections.unmodifiableMap(fields),
                    raw);
        }

        private Map<String, @Nullable Object> object() throws IOException {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(width * 4 / 3 + 1);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.START_OBJECT && name.equals("attributes")) {
                    json.skipChildren();
                } else {
                    fields.put(name, value(value));
                }
            }
            return fields;
        }

        private @Nullable Object value(JsonToken token) throws IOException {
            return switch (token) {
                case VALUE_NULL -> null;
                case VALUE_STRING -> json.getText();
                case VALUE_TRUE -> Boolean.TRUE;
                case VALUE_FALSE -> Boolean.FALSE;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
                case START_OBJECT -> object();
                case START_ARRAY -> {
                    List<@Nullable Object> items = new ArrayList<>();
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        items.add(value(json.currentToken()));
                    }
                    yield Collections.unmodifiableList(items);
                }
                default -> throw new IOException("unexpected " + token + " at byte " + offset());
            };
        }

        private void expect(@Nullable JsonToken token, JsonToken wanted) throws IOException {
            if (token != wanted) {
                throw new IOException("unexpected " + token + " at byte " + offset());
            }
        }

        private int offset() {
            return (int) json.currentLocation().getByteOffset();
        }
    }
}
