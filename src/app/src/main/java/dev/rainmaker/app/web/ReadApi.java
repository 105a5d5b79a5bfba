package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.ledger.DecisionLedger.Wanted;
import dev.rainmaker.app.ledger.RunLedger.Run;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What programs may read. Lists come in pages: {@code next} is what to send as {@code after}; absent on the last page. A
 * caller of role partner sees its own things only; what is another's does not exist for it.
 */
@RestController
class ReadApi {

    private static final int MOST = 500;

    private final Rainmaker rainmaker;
    private final Overview overview;

    ReadApi(Rainmaker rainmaker, Overview overview) {
        this.rainmaker = rainmaker;
        this.overview = overview;
    }

    /** A page of a list. */
    record Listed<T>(List<T> items, @Nullable String next) {}

    @GetMapping("/api/runs")
    Listed<Run> runs(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(defaultValue = "50") int limit) {
        List<Run> runs = rainmaker.runs().page(state, after == null ? Long.MAX_VALUE : after, size(limit));
        return new Listed<>(
                runs,
                runs.size() < limit ? null : Long.toString(runs.get(limit - 1).id()));
    }

    @GetMapping("/api/connections")
    List<Overview.ConnectionHealth> connections() {
        return overview.connections();
    }

    /** A decision without its receipt. */
    record Decided(
            String id,
            RecordId lead,
            int version,
            String outcome,
            @Nullable RecordId partner,
            String reason,
            String summary,
            String policyVersion,
            @Nullable String plvVersion,
            @Nullable BigDecimal propensity,
            Instant decidedAt) {

        static Decided of(StoredDecision decision) {
            return new Decided(
                    decision.id(),
                    decision.lead(),
                    decision.version(),
                    decision.outcome(),
                    decision.partner(),
                    decision.reason(),
                    decision.summary(),
                    decision.policyVersion(),
                    decision.plvVersion(),
                    decision.propensity(),
                    decision.decidedAt());
        }
    }

    /** @param lead all decisions of this lead, newest first; absent: the current decisions of all leads */
    @GetMapping("/api/assignments")
    Listed<Decided> assignments(
            @RequestParam(required = false) @Nullable String lead,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        RecordId own = Caller.current().partner().orElse(null);
        if (lead != null) {
            return new Listed<>(
                    rainmaker.decisions().ofLead(recordId(lead)).stream()
                            .filter(decision -> own == null || own.equals(decision.partner()))
                            .map(Decided::of)
                            .toList(),
                    null);
        }
        List<Decided> page = rainmaker
                .decisions()
                .page(new Wanted(outcome, reason, own, false), ListsController.after(after), size(limit))
                .stream()
                .map(Decided::of)
                .toList();
        Decided last = page.size() < limit ? null : page.get(limit - 1);
        return new Listed<>(page, last == null ? null : last.decidedAt() + "," + last.id());
    }

    /** The receipt as it is stored, byte for byte. It names other partners, so it is not for partners. */
    @GetMapping(path = "/api/assignments/{id}/receipt", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> receipt(@PathVariable String id) {
        if (Caller.current().partner().isPresent()) {
            throw Refusal.of(
                    HttpStatus.FORBIDDEN,
                    "a receipt names other partners; the summary of the assignment says what concerns you");
        }
        return rainmaker
                .decisions()
                .find(id)
                .map(decision -> ResponseEntity.ok(decision.receipt()))
                .orElseThrow(() -> Refusal.notFound("no decision has this id; /api/assignments lists them"));
    }

    private static RecordId recordId(String text) {
        try {
            return RecordId.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "lead must be connection/id");
        }
    }

    static int size(int limit) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "limit must be between 1 and " + MOST);
        }
        return limit;
    }
}
