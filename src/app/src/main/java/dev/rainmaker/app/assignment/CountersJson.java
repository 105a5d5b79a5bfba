package dev.rainmaker.app.assignment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Load;
import dev.rainmaker.assignment.Rotation;
import dev.rainmaker.assignment.Window;
import dev.rainmaker.fact.RecordId;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counters as JSON. */
final class CountersJson {

    private CountersJson() {}

    static String write(Counters counters) {
        ObjectNode root = FactJson.MAPPER.createObjectNode();
        ObjectNode loads = root.putObject("loads");
        new TreeMap<>(counters.loads()).forEach((partner, load) -> {
            ObjectNode one = loads.putObject(partner.toString());
            one.put("open", load.open());
            load.given().forEach((window, given) -> one.put(window.name(), given));
            Instant last = load.lastGiven();
            if (last != null) {
                one.put("last", last.toString());
            }
        });
        ObjectNode rotations = root.putObject("rotations");
        new TreeMap<>(counters.rotations()).forEach((name, rotation) -> {
            ObjectNode one = rotations.putObject(name);
            one.put("turns", rotation.turns());
            one.set("marks", marks(rotation.marks()));
        });
        return root.toString();
    }

    static Counters read(String json) {
        try {
            JsonNode root = FactJson.MAPPER.readTree(json);
            Map<RecordId, Load> loads = new TreeMap<>();
            root.path("loads")
                    .properties()
                    .forEach(entry -> loads.put(RecordId.parse(entry.getKey()), load(entry.getValue())));
            Map<String, Rotation> rotations = new TreeMap<>();
            root.path("rotations")
                    .properties()
                    .forEach(entry -> rotations.put(
                            entry.getKey(),
                            new Rotation(
                                    entry.getValue().path("turns").asLong(),
                                    marks(entry.getValue().path("marks")))));
            return new Counters(loads, rotations);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Load load(JsonNode node) {
        Map<Window, Integer> given = new EnumMap<>(Window.class);
        for (Window window : Window.values()) {
            given.put(window, node.path(window.name()).asInt());
        }
        JsonNode last = node.get("last");
        return new Load(node.path("open").asInt(), given, last == null ? null : Instant.parse(last.asText()));
    }

    static ObjectNode marks(Map<RecordId, Long> marks) {
        ObjectNode node = FactJson.MAPPER.createObjectNode();
        marks.forEach((partner, mark) -> node.put(partner.toString(), mark));
        return node;
    }

    static Map<RecordId, Long> marks(JsonNode node) {
        Map<RecordId, Long> marks = new TreeMap<>();
        node.properties()
                .forEach(mark ->
                        marks.put(RecordId.parse(mark.getKey()), mark.getValue().asLong()));
        return marks;
    }
}
