package dev.rainmaker.app.web;

import dev.rainmaker.app.runtime.Rainmaker;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Events pushed by a CRM flow or script; 202 means durable. */
@RestController
class IntakeController {

    private static final int MOST_BYTES = 1 << 20;

    private final Rainmaker rainmaker;

    IntakeController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    @PostMapping("/api/intake/{connection}/{stream}")
    ResponseEntity<?> accept(
            @PathVariable String connection,
            @PathVariable String stream,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody byte[] body) {
        if (body.length > MOST_BYTES) {
            return problem(HttpStatus.PAYLOAD_TOO_LARGE, "an event may have at most 1 MiB; send the ids only");
        }
        try {
            boolean isNew = rainmaker.intake().accept(connection, stream, key, body);
            return ResponseEntity.accepted().body(Map.of("accepted", true, "duplicate", !isNew));
        } catch (IllegalArgumentException wrong) {
            return problem(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        } catch (RuntimeException away) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header("Retry-After", "5")
                    .body(ProblemDetail.forStatusAndDetail(
                            HttpStatus.SERVICE_UNAVAILABLE, "the event could not be stored; send it again"));
        }
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
