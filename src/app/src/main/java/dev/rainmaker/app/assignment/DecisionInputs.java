package dev.rainmaker.app.assignment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.Rotation;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What is stored with a decision so that it, and those after it in its round, can be made again.
 *
 * @param attempt enters the seed
 * @param position its place in the round, from 0
 * @param change what it did to a rotation
 */
record DecisionInputs(int attempt, int position, Rotation.@Nullable Change change) {

    static DecisionInputs of(int attempt, int position, Decision decision) {
        return new DecisionInputs(attempt, position, decision.rotation().orElse(null));
    }

    String json() {
        ObjectNode root = FactJson.MAPPER.createObjectNode();
        root.put("attempt", attempt);
        root.put("position", position);
        if (change != null) {
            ObjectNode rotation = root.putObject("rotation");
            rotation.put("name", change.name());
            rotation.put("turns", change.turns());
            rotation.set("marks", CountersJson.marks(change.marks()));
        }
        return root.toString();
    }

    static DecisionInputs read(String json) {
        try {
            JsonNode root = FactJson.MAPPER.readTree(json);
            JsonNode rotation = root.get("rotation");
            return new DecisionInputs(
                    root.path("attempt").asInt(),
                    root.path("position").asInt(),
                    rotation == null
                            ? null
                            : new Rotation.Change(
                                    rotation.path("name").asText(),
                                    rotation.path("turns").asLong(),
                                    CountersJson.marks(rotation.path("marks"))));
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
