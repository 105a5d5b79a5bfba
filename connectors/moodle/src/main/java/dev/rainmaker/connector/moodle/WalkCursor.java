package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.Cursor;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk through the courses of a site stands. Within a course people come by rising id; the offset is only a hint,
 * the id of the last person is what counts: where others joined or left meanwhile, the course is looked through again for
 * ids above it.
 *
 * @param since only people who were in the course since then are asked about; null in a full read
 * @param begun server time at which this run began; null between runs
 * @param course the course being walked through, 0 before the first
 * @param person the last person of it that was read, 0 before the first
 * @param offset how many people of the course lie before that one
 */
record WalkCursor(
        String site,
        String stream,
        @Nullable Instant since,
        @Nullable Instant begun,
        long course,
        long person,
        int offset) {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    static WalkCursor first(String site, String stream) {
        return new WalkCursor(site, stream, null, null, 0, 0, 0);
    }

    WalkCursor beginning(Instant serverTime) {
        return begun != null ? this : new WalkCursor(site, stream, since, serverTime, course, person, offset);
    }

    WalkCursor in(long nextCourse) {
        return new WalkCursor(site, stream, since, begun, nextCourse, 0, 0);
    }

    WalkCursor after(long lastPerson, int before) {
        return new WalkCursor(site, stream, since, begun, course, lastPerson, before);
    }

    /** Where the next run starts: it asks for what happened since this one began. */
    WalkCursor finished() {
        return new WalkCursor(site, stream, begun, null, 0, 0, 0);
    }

    Cursor written() {
        ObjectNode json =
                JSON.createObjectNode().put("v", VERSION).put("site", site).put("stream", stream);
        json.put("since", since == null ? null : since.toString());
        json.put("begun", begun == null ? null : begun.toString());
        json.put("course", course).put("person", person).put("offset", offset);
        return new Cursor(json.put("sum", sum(json)).toString());
    }

    private static String sum(ObjectNode json) {
        CRC32 crc = new CRC32();
        crc.update(json.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** @throws IllegalArgumentException if it is not a cursor of this site and stream, as this connector wrote it */
    static WalkCursor read(Cursor cursor, String site, String stream) {
        ObjectNode json = object(cursor.position());
        JsonNode given = json.remove("sum");
        if (json.path("v").asInt(-1) != VERSION
                || given == null
                || !given.asText().equals(sum(json))) {
            throw new IllegalArgumentException("it is not one that this connector wrote, or it was changed by hand");
        }
        if (!json.path("site").asText().equals(site)) {
            throw new IllegalArgumentException("it belongs to another site, and this connection now leads to " + site);
        }
        if (!json.path("stream").asText().equals(stream)) {
            throw new IllegalArgumentException("it belongs to another stream");
        }
        return new WalkCursor(
                site,
                stream,
                instant(json.path("since")),
                instant(json.path("begun")),
                json.path("course").asLong(),
                json.path("person").asLong(),
                json.path("offset").asInt());
    }

    private static @Nullable Instant instant(JsonNode json) {
        try {
            return json.isTextual() ? Instant.parse(json.asText()) : null;
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("a time in it is none", wrong);
        }
    }

    private static ObjectNode object(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode json) {
                return json;
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("it is not one that this connector wrote", notJson);
        }
        throw new IllegalArgumentException("it is not one that this connector wrote");
    }
}
