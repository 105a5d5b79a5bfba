package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.core.JsonProcessingException;
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
 * <p>A full read goes by list in the order of ids, from the database itself. Later runs search for what changed since the
 * run before began, less the overlap: HubSpot's search finds a change up to a minute late, so what is not found yet is
 * found by the next run. Within a run, too, the order is that of ids, which no change moves.
 *
 * @param portal whose records these are, empty where the configuration does not say
 * @param since changes from here on are of interest; {@link Instant#EPOCH} in a full read
 * @param started server time at this run's first call; null between runs
 * @param part what is being read just now, such as a form; empty where the stream has no parts
 * @param after where to go on in it: HubSpot's own word, or the last id; empty at its begin
 */
record ReadCursor(
        String portal,
        String stream,
        Phase phase,
        Instant since,
        @Nullable Instant started,
        String part,
        String after) {

    static final int VERSION = 1;

    /** What a run does. */
    enum Phase {
        /** Everything there is. */
        ALL,
        /** The archived records, at the end of a full read. */
        ARCHIVED,
        /** What changed. */
        CHANGES
    }

    static ReadCursor first(String portal, String stream) {
        return new ReadCursor(portal, stream, Phase.ALL, Instant.EPOCH, null, "", "");
    }

    ReadCursor begun(Instant serverTime) {
        return started != null ? this : new ReadCursor(portal, stream, phase, since, serverTime, part, after);
    }

    ReadCursor at(Phase inPhase, String inPart, String position) {
        return new ReadCursor(portal, stream, inPhase, since, started, inPart, position);
    }

    /** Where the next run starts: never earlier than this one did. */
    ReadCursor finished(Duration overlap) {
        Instant from = started == null ? since : started.minus(overlap);
        return new ReadCursor(portal, stream, Phase.CHANGES, from.isAfter(since) ? from : since, null, "", "");
    }

    Cursor written() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("v", VERSION)
                .put("portal", portal)
                .put("stream", stream)
                .put("phase", phase.name())
                .put("since", since.toString())
                .put("part", part)
                .put("after", after);
        if (started != null) {
            json.put("started", started.toString());
        }
        return new Cursor(json.put("sum", sum(json)).toString());
    }

    private static String sum(ObjectNode json) {
        CRC32 crc = new CRC32();
        crc.update(json.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** @throws IllegalArgumentException if it is not a cursor of this connector, portal and stream as it was written */
    static ReadCursor read(Cursor cursor, String portal, String stream) {
        ObjectNode json = object(cursor.position());
        int version = json.path("v").asInt(-1);
        if (version > VERSION) {
            throw new IllegalArgumentException("it was written by a newer Rainmaker (version " + version
                    + ", this one knows " + VERSION + "); use that one");
        }
        var given = json.remove("sum");
        if (version != VERSION || given == null || !given.asText().equals(sum(json))) {
            throw foreign(null);
        }
        String of = json.path("portal").asText();
        if (!of.isEmpty() && !portal.isEmpty() && !of.equals(portal)) {
            throw new IllegalArgumentException(
                    "it belongs to portal " + of + ", and this connection now leads to " + portal);
        }
        if (!json.path("stream").asText().equals(stream)) {
            throw new IllegalArgumentException(
                    "it belongs to " + Words.clean(json.path("stream").asText()));
        }
        try {
            return new ReadCursor(
                    portal,
                    stream,
                    Phase.valueOf(json.path("phase").asText()),
                    Instant.parse(json.path("since").asText()),
                    json.has("started") ? Instant.parse(json.path("started").asText()) : null,
                    json.path("part").asText(),
                    json.path("after").asText());
        } catch (DateTimeException | IllegalArgumentException wrong) {
            throw foreign(wrong);
        }
    }

    private static ObjectNode object(String text) {
        try {
            if (Json.MAPPER.readTree(text) instanceof ObjectNode json) {
                return json;
            }
        } catch (JsonProcessingException notJson) {
            throw foreign(notJson);
        }
        throw foreign(null);
    }

    private static IllegalArgumentException foreign(@Nullable Exception why) {
        return new IllegalArgumentException("it is not one that this connector wrote, or it was changed by hand", why);
    }
}
