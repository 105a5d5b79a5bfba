package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.assignment.Offer;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.RecordId;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a lead stands, as JSON. */
final class LifeJson {

    private LifeJson() {}

    static String word(LeadState state) {
        if (state instanceof LeadState.Waiting) {
            return "waiting";
        }
        if (state instanceof LeadState.Offered) {
            return "offered";
        }
        if (state instanceof LeadState.Pending) {
            return "pending";
        }
        if (state instanceof LeadState.Accepted) {
            return "accepted";
        }
        return state instanceof LeadState.ByHand ? "by-hand" : "ended";
    }

    static String write(LeadState state) {
        ObjectNode root = FactJson.MAPPER.createObjectNode();
        state.holder().ifPresent(partner -> root.put("partner", partner.toString()));
        if (state instanceof LeadState.Waiting waiting) {
            root.put("reason", waiting.reason());
            root.put("deciding", waiting.deciding());
        } else if (state instanceof LeadState.Offered offered) {
            root.set("offer", FactJson.MAPPER.valueToTree(offered.offer()));
        } else if (state instanceof LeadState.Pending pending) {
            root.put("acceptBy", pending.acceptBy().toString());
            put(root, "remindAt", pending.remindAt());
        } else if (state instanceof LeadState.Accepted accepted) {
            put(root, "followUpBy", accepted.followUpBy());
        } else if (state instanceof LeadState.Ended ended) {
            root.put("how", ended.how().name());
            if (ended.partner() != null) {
                root.put("partner", ended.partner().toString());
            }
        }
        return root.toString();
    }

    private static void put(ObjectNode root, String name, @Nullable Instant at) {
        if (at != null) {
            root.put(name, at.toString());
        }
    }

    static LeadState read(String word, String json) {
        try {
            JsonNode root = FactJson.MAPPER.readTree(json);
            return switch (word) {
                case "waiting" ->
                    new LeadState.Waiting(
                            root.path("reason").asText(), root.path("deciding").asBoolean());
                case "offered" -> new LeadState.Offered(FactJson.MAPPER.treeToValue(root.path("offer"), Offer.class));
                case "pending" ->
                    new LeadState.Pending(
                            RecordId.parse(root.path("partner").asText()),
                            Instant.parse(root.path("acceptBy").asText()),
                            instant(root, "remindAt"));
                case "accepted" ->
                    new LeadState.Accepted(RecordId.parse(root.path("partner").asText()), instant(root, "followUpBy"));
                case "by-hand" -> new LeadState.ByHand(partner(root));
                case "ended" ->
                    new LeadState.Ended(LeadState.End.valueOf(root.path("how").asText()), partner(root));
                default -> throw new IllegalStateException("the ledger knows no state \"" + word + "\"");
            };
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable RecordId partner(JsonNode root) {
        return root.has("partner") ? RecordId.parse(root.path("partner").asText()) : null;
    }

    private static @Nullable Instant instant(JsonNode root, String name) {
        return root.has(name) ? Instant.parse(root.path(name).asText()) : null;
    }
}
