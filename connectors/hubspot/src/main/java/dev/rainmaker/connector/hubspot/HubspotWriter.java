package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.WriteOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.apache.camel.component.hubspot.HubspotException;
import org.apache.camel.component.hubspot.HubspotException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Writes properties by batch update. Idempotency key: (object, record id, values); the same batch again leaves the same
 * state. HubSpot has no conditional write, so the application reads before it writes.
 *
 * <p>HubSpot answers a batch with mixed results by 207 and an error per input, or refuses it whole because of one input,
 * by generation and endpoint. A batch refused whole is halved until those that are to blame stand alone.
 */
final class HubspotWriter {

    /** Refused now, may work later. */
    private static final Set<String> PASSING = Set.of(
            "RATE_LIMITS", "RATE_LIMIT", "INTERNAL_ERROR", "SERVICE_UNAVAILABLE", "LOCKED", "CONFLICT", "TIMEOUT");

    private static final Set<String> GONE = Set.of("OBJECT_NOT_FOUND", "NOT_FOUND", "OBJECT_ARCHIVED");
    private static final Set<String> REFUSED = Set.of(
            "VALIDATION_ERROR",
            "INVALID_OPTION",
            "OBJECT_ALREADY_EXISTS",
            "MISSING_REQUIRED_PROPERTY",
            "MISSING_CONDITIONAL_REQUIRED_PROPERTY",
            "FORBIDDEN",
            "MISSING_SCOPES");

    private final HubspotPortal portal;

    HubspotWriter(HubspotPortal portal) {
        this.portal = portal;
    }

    List<WriteOutcome> write(ObjectType type, List<Change> changes) {
        Map<Integer, WriteOutcome> outcomes = new HashMap<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            open.add(i);
        }
        while (!open.isEmpty()) {
            Map<String, Integer> round = new LinkedHashMap<>(); // HubSpot refuses the same id twice in a batch
            for (int i : open) {
                round.putIfAbsent(changes.get(i).id(), i);
            }
            List<Integer> chosen = List.copyOf(round.values());
            List<WriteOutcome> made =
                    distinct(type, chosen.stream().map(changes::get).toList());
            for (int k = 0; k < chosen.size(); k++) {
                outcomes.put(chosen.get(k), made.get(k));
            }
            open.removeAll(chosen);
        }
        List<WriteOutcome> ordered = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            ordered.add(java.util.Objects.requireNonNull(outcomes.get(i)));
        }
        return ordered;
    }

    private List<WriteOutcome> distinct(ObjectType type, List<Change> changes) {
        try {
            return outcomes(
                    changes,
                    portal.send(update(type, changes), CallPurpose.WRITE).json());
        } catch (HubspotException told) {
            boolean rows = told.getAnswer() != null
                    && (told.getKind() == Kind.REFUSED
                            || told.getKind() == Kind.NOT_FOUND
                            || told.getKind() == Kind.CONFLICT);
            if (!rows) {
                throw portal.faults().of(told);
            }
            if (String.valueOf(told.getMessage()).contains("PROPERTY_DOESNT_EXIST")) {
                throw portal.faults()
                        .fatal("a property that is written does not exist: "
                                + Words.clean(String.valueOf(told.getMessage()))
                                + ". `./rainmaker setup` creates what is missing");
            }
            return changes.size() == 1 ? List.of(refused(changes.get(0), told)) : halves(type, changes);
        }
    }

    private List<WriteOutcome> halves(ObjectType type, List<Change> changes) {
        int middle = changes.size() / 2;
        List<WriteOutcome> all = new ArrayList<>(distinct(type, changes.subList(0, middle)));
        all.addAll(distinct(type, changes.subList(middle, changes.size())));
        return all;
    }

    private static WriteOutcome refused(Change change, HubspotException told) {
        String code = told.getCategory() == null ? String.valueOf(told.getStatus()) : told.getCategory();
        return outcome(
                change.id(), code, Words.clean(String.valueOf(told.getMessage())), told.getKind() == Kind.NOT_FOUND);
    }

    private static WriteOutcome outcome(String id, String code, String message, boolean notFound) {
        if (notFound || GONE.contains(code)) {
            return new WriteOutcome.Rejected(id, code, message, true);
        }
        return REFUSED.contains(code)
                ? new WriteOutcome.Rejected(id, code, message, false)
                : new WriteOutcome.Postponed(
                        id, PASSING.contains(code) ? Duration.ofSeconds(1) : Duration.ofSeconds(5), code, message);
    }

    private static HubspotPortal.Call update(ObjectType type, List<Change> changes) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode inputs = body.putArray("inputs");
        for (Change change : changes) {
            ObjectNode input = inputs.addObject().put("id", change.id());
            ObjectNode properties = input.putObject("properties");
            change.fields().forEach((name, value) -> properties.put(name, text(value)));
        }
        return HubspotPortal.Call.of("objects/batchUpdate", Map.of(HubspotConstants.OBJECT_TYPE, type.stream()), body);
    }

    /** HubSpot's values are texts; the empty one clears. */
    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static List<WriteOutcome> outcomes(List<Change> changes, JsonNode answer) {
        Map<String, WriteOutcome> byId = new HashMap<>();
        for (JsonNode result : answer.path("results")) {
            String id = result.path("id").asText();
            byId.put(id, new WriteOutcome.Written(id));
        }
        for (JsonNode error : answer.path("errors")) {
            String code = error.path("category").asText("UNKNOWN");
            String message = Words.clean(error.path("message").asText("HubSpot gave no reason"));
            for (String id : ids(error)) {
                byId.put(id, outcome(id, code, message, false));
            }
        }
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (Change change : changes) {
            WriteOutcome told = byId.get(change.id());
            outcomes.add(
                    told != null
                            ? told
                            : new WriteOutcome.Postponed(
                                    change.id(),
                                    Duration.ofSeconds(1),
                                    "NO_RESULT",
                                    "the answer says nothing of this record"));
        }
        return outcomes;
    }

    /** The inputs an error is about: {@code context.ids}, or {@code context.id}. */
    private static List<String> ids(JsonNode error) {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("ids", "id", "objectId")) {
            JsonNode value = error.path("context").path(name);
            if (value.isArray()) {
                value.forEach(id -> ids.add(id.asText()));
            } else if (value.isValueNode()) {
                ids.add(value.asText());
            }
        }
        return ids;
    }
}
