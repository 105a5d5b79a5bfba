package dev.rainmaker.app.web;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.PushedEvent;
import dev.rainmaker.connector.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(IntakeController.class);

    private final Rainmaker rainmaker;
    private final Clock clock;

    IntakeController(Rainmaker rainmaker, Clock clock) {
        this.rainmaker = rainmaker;
        this.clock = clock;
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

    /**
     * What a vendor pushes by itself. Its signature is the only proof of who calls, so nothing is answered to one who has
     * none: 401 without a body, whether or not there is such a connection. 204 means durable; where that is not possible the
     * answer is 503 and the vendor comes again.
     */
    @PostMapping("/api/intake/{connection}/webhook")
    ResponseEntity<Void> webhook(@PathVariable String connection, HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        LiveConnection live = rainmaker.connections().find(connection).orElse(null);
        if (live == null || !live.connector().capabilities().webhooks()) {
            LOG.warn("a webhook came for a connection that takes none");
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        List<PushedEvent> events;
        try {
            events = live.connector().verify(raw(request, body));
        } catch (ConnectorFault.Fatal refused) {
            LOG.warn("{}", refused.getMessage());
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        } catch (ConnectorFault.Retryable later) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
        }
        rainmaker.intake().acceptPushed(live, events);
        return ResponseEntity.noContent().build();
    }

    private RawRequest raw(HttpServletRequest request, byte[] body) {
        URI publicUrl = rainmaker.configuration().console().publicUrl().orElse(null);
        String called = publicUrl == null
                ? request.getRequestURL().toString()
                : publicUrl.toString().replaceAll("/+$", "") + request.getRequestURI();
        String query = request.getQueryString();
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        return new RawRequest(
                request.getMethod(), query == null ? called : called + "?" + query, headers, body, clock.instant());
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
