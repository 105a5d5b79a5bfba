package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the CRM is to show of where a lead stands: an outbox entry, keyed by the decision it belongs to. */
final class CrmState {

    /** Size of the reason field in the CRM. */
    private static final int REASON = 255;

    private final Function<String, @Nullable String> leadStream;

    /** @param leadStream the stream that takes assignments, by connection; null where a connection takes none */
    CrmState(Function<String, @Nullable String> leadStream) {
        this.leadStream = leadStream;
    }

    /** The lead is this partner's. */
    List<OutboxEntry> with(
            Lead lead, RecordId partner, String reason, @Nullable BigDecimal score, Instant at, String decision) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("partner", partner.toString());
        fields.put("reason", cut(reason));
        fields.put("plvScore", score);
        fields.put("assignedAt", at.toString());
        fields.put("decisionId", decision);
        return entry(lead, decision, fields, lead.assignedPartner());
    }

    /**
     * The lead is nobody's: offered, pulled back, or without anybody who could take it.
     *
     * @param seen what the CRM may show and lose: a person's choice only where the person gave it back
     */
    List<OutboxEntry> withNobody(Lead lead, String reason, String decision, @Nullable RecordId seen) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("partner", null);
        fields.put("reason", cut(reason));
        fields.put("plvScore", null);
        fields.put("assignedAt", null);
        fields.put("decisionId", decision);
        return entry(lead, decision, fields, seen);
    }

    private List<OutboxEntry> entry(
            Lead lead, String decision, Map<String, @Nullable Object> fields, @Nullable RecordId shown) {
        String stream = leadStream.apply(lead.id().connection());
        if (stream == null) {
            return List.of();
        }
        Map<String, @Nullable Object> seen = new HashMap<>();
        seen.put("partner", shown == null ? null : shown.toString());
        return List.of(OutboxEntry.of(lead.id(), stream, "assignment", decision, fields, seen));
    }

    private static String cut(String text) {
        return text.length() <= REASON ? text : text.substring(0, REASON - 3) + "...";
    }
}
