package dev.rainmaker.app.web;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.runtime.Rainmaker;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Events pushed by a CRM flow or script; 202 means durable. Of the request only the body and the idempotency key are
 * used: no header of it reaches a flow.
 */
@RestController
class IntakeController {

    private static final int MOST_BYTES = 1 << 20;

    private final Rainmaker rainmaker;

    IntakeController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    @PostMapping("/api/intake/{connection}/{stream}")
    ResponseEntity<Map<String, Boolean>> accept(
            @PathVariable String connection,
            @PathVariable String stream,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        requireStream(connection, stream);
        if (key != null && !key.matches("[\\x21-\\x7e]{1,200}")) {
            throw Refusal.of(
                    HttpStatus.BAD_REQUEST, "an Idempotency-Key is 1 to 200 visible ASCII characters, without spaces");
        }
        byte[] body = body(request);
        boolean isNew = store(connection, stream, key, body);
        if (!isNew && key != null && !rainmaker.inbox().holds(connection, stream, key, body)) {
            throw Refusal.of(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "this Idempotency-Key came before with another body; give each event a key of its own");
        }
        return ResponseEntity.accepted().body(Map.of("accepted", true, "duplicate", !isNew));
    }

    private boolean store(String connection, String stream, @Nullable String key, byte[] body) {
        try {
            return rainmaker.intake().accept(connection, stream, key, body);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private void requireStream(String connection, String stream) {
        LiveConnection live = rainmaker
                .connections()
                .find(connection)
                .orElseThrow(
                        () -> Refusal.notFound("there is no connection of this name; /api/connections lists them"));
        if (live.stream(stream).isEmpty()) {
            throw Refusal.notFound("connection " + connection + " maps no stream of this name; it maps "
                    + live.streams().stream().map(StreamMapping::stream).toList());
        }
    }

    /** Reads no further than the limit, whatever the request says of its length. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static Refusal tooLarge() {
        return Refusal.of(HttpStatus.PAYLOAD_TOO_LARGE, "an event may have at most 1 MiB; send the ids only");
    }
}
