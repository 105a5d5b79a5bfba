package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.Cursor;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a read stands.
 *
 * <p>A record becomes visible some time after its stamp. So a run that has reached the end does not start again where it
 * ended, but {@code overlap} before the earlier of the last record and the time at which the server received its first
 * query. Once the same last record has been seen by two runs that began at least {@code overlap} apart, whatever was to
 * become visible before it has done so, and the next run starts behind it: a quiet stream costs one empty call, however
 * many records share its last stamp.
 *
 * @param org whose records these are
 * @param base where this run started: everything before it is known
 * @param at how far this run has come
 * @param started server time at this run's first query; null between runs
 * @param page pages read in this run; tells apart two cursors at one position
 * @param top the last record of the run before; null where there was none
 * @param topSince server time at the start of the run that first ended with {@code top}
 */
record ReadCursor(
        String org,
        String stream,
        Position base,
        Position at,
        @Nullable Instant started,
        int page,
        @Nullable Position top,
        @Nullable Instant topSince) {

    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    static ReadCursor first(String org, String stream) {
        return new ReadCursor(org, stream, Position.START, Position.START, null, 0, null, null);
    }

    ReadCursor begun(Instant serverTime) {
        return started != null ? this : new ReadCursor(org, stream, base, at, serverTime, page, top, topSince);
    }

    ReadCursor advanced(Position to) {
        return new ReadCursor(org, stream, base, to, started, page + 1, top, topSince);
    }

    /**
     * Where the next run starts.
     *
     * @param last the last record of this run, null where it brought none
     */
    ReadCursor finished(@Nullable Position last, Instant runStarted, Duration overlap) {
        if (last == null) {
            return new ReadCursor(org, stream, base, base, null, 0, top, topSince);
        }
        boolean known = last.equals(top) && topSince != null;
        Instant since = known && topSince != null ? topSince : runStarted;
        boolean settled = known && Duration.between(since, runStarted).compareTo(overlap) >= 0;
        Position next = settled ? last : later(base, reachedBack(last, runStarted, overlap));
        return new ReadCursor(org, stream, next, next, null, 0, last, since);
    }

    private static Position reachedBack(Position last, Instant runStarted, Duration overlap) {
        Instant earlier = last.stamp().isBefore(runStarted) ? last.stamp() : runStarted;
        return new Position(earlier.minus(overlap), "");
    }

    private static Position later(Position one, Position other) {
        return other.stamp().isAfter(one.stamp()) ? other : one;
    }

    Cursor written() {
        ObjectNode json =
                JSON.createObjectNode().put("v", VERSION).put("org", org).put("stream", stream);
        json.set("base", place(base));
        json.set("at", place(at));
        json.put("page", page);
        if (started != null) {
            json.put("started", started.toString());
        }
        if (top != null && topSince != null) {
            json.set("top", place(top));
            json.put("topSince", topSince.toString());
        }
        return new Cursor(json.put("sum", sum(json)).toString());
    }

    private static ObjectNode place(Position position) {
        return JSON.createObjectNode().put("stamp", position.stamp().toString()).put("id", position.id());
    }

    private static String sum(ObjectNode json) {
        CRC32 crc = new CRC32();
        crc.update(json.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** @throws IllegalArgumentException if it is not a cursor of this connector, org and stream as it was written */
    static ReadCursor read(Cursor cursor, String org, String stream) {
        ObjectNode json = object(cursor.position());
        int version = json.path("v").asInt(-1);
        if (version > VERSION) {
            throw new IllegalArgumentException("it was written by a newer Rainmaker (version " + version
                    + ", this one knows " + VERSION + "); use that one");
        }
        JsonNode given = json.remove("sum");
        if (version != VERSION || given == null || !given.asText().equals(sum(json))) {
            throw new IllegalArgumentException("it is not one that this connector wrote, or it was changed by hand");
        }
        if (!json.path("org").asText().equals(org)) {
            throw new IllegalArgumentException(
                    "it belongs to the org " + json.path("org").asText() + ", and this connection now leads to " + org);
        }
        if (!json.path("stream").asText().equals(stream)) {
            throw new IllegalArgumentException(
                    "it belongs to " + Words.clean(json.path("stream").asText(), 80));
        }
        try {
            return of(json);
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
            throw new IllegalArgumentException(
                    "it is not one that this connector wrote, or it was changed by hand", notJson);
        }
        throw new IllegalArgumentException("it is not one that this connector wrote, or it was changed by hand");
    }

    private static ReadCursor of(ObjectNode json) {
        boolean hasTop = json.has("top");
        return new ReadCursor(
                json.path("org").asText(),
                json.path("stream").asText(),
                position(json.path("base")),
                position(json.path("at")),
                json.has("started") ? Instant.parse(json.path("started").asText()) : null,
                json.path("page").asInt(),
                hasTop ? position(json.path("top")) : null,
                hasTop ? Instant.parse(json.path("topSince").asText()) : null);
    }

    private static Position position(JsonNode json) {
        return new Position(
                Instant.parse(json.path("stamp").asText()), json.path("id").asText());
    }
}
