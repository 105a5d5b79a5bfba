package dev.rainmaker.sandbox.hubspot.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rainmaker.sandbox.state.Shelf;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which record is linked to which, in both directions. */
final class Links {

    static final String COLLECTION = "associations";

    private record End(ObjectKind kind, long id) {}

    private final Map<End, Map<ObjectKind, TreeMap<Long, Set<AssociationType>>>> links = new HashMap<>();

    Links(Shelf shelf, AssociationTypes types) {
        shelf.all(COLLECTION).forEach((key, document) -> {
            String[] ends = key.split("/");
            ObjectKind from = ObjectKind.valueOf(ends[0]);
            ObjectKind to = ObjectKind.valueOf(ends[2]);
            for (JsonNode type : document) {
                types.between(from, to).stream()
                        .filter(known -> known.typeId() == type.path(1).asInt()
                                && known.category().equals(type.path(0).asText()))
                        .forEach(known -> add(Long.parseLong(ends[1]), Long.parseLong(ends[3]), known));
            }
        });
    }

    synchronized Map<Long, Set<AssociationType>> of(ObjectKind kind, long id, ObjectKind to) {
        Map<Long, Set<AssociationType>> found =
                links.getOrDefault(new End(kind, id), Map.of()).getOrDefault(to, new TreeMap<>());
        Map<Long, Set<AssociationType>> copy = new TreeMap<>();
        found.forEach((other, types) -> copy.put(other, new LinkedHashSet<>(types)));
        return copy;
    }

    synchronized Map<ObjectKind, Set<Long>> of(ObjectKind kind, long id) {
        Map<ObjectKind, Set<Long>> all = new EnumMap<>(ObjectKind.class);
        links.getOrDefault(new End(kind, id), Map.of())
                .forEach((to, others) -> all.put(to, new LinkedHashSet<>(others.keySet())));
        return all;
    }

    synchronized void add(long from, long to, AssociationType type) {
        links.computeIfAbsent(new End(type.from(), from), end -> new EnumMap<>(ObjectKind.class))
                .computeIfAbsent(type.to(), kind -> new TreeMap<>())
                .computeIfAbsent(to, other -> new LinkedHashSet<>())
                .add(type);
    }

    synchronized void remove(long from, long to, AssociationType type) {
        TreeMap<Long, Set<AssociationType>> others =
                links.getOrDefault(new End(type.from(), from), Map.of()).get(type.to());
        if (others == null || !others.containsKey(to)) {
            return;
        }
        others.get(to).remove(type);
        if (others.get(to).isEmpty()) {
            others.remove(to);
        }
    }

    /** What to keep of the link in one direction after it changed. */
    synchronized Shelf.Put put(ObjectKind from, long fromId, ObjectKind to, long toId) {
        Set<AssociationType> types = of(from, fromId, to).getOrDefault(toId, Set.of());
        String key = from.name() + "/" + fromId + "/" + to.name() + "/" + toId;
        ArrayNode document = Shelf.object().arrayNode();
        types.forEach(type -> document.addArray().add(type.category()).add(type.typeId()));
        return new Shelf.Put(COLLECTION, key, types.isEmpty() ? null : document);
    }

    /** A link to make or to remove once everything else of a change has succeeded. */
    record Step(long from, long to, AssociationType type, boolean removes) {

        List<Step> bothWays(AssociationTypes types) throws PortalRefused {
            List<Step> steps = new ArrayList<>();
            steps.add(this);
            AssociationType back = types.required(type.to(), type.from(), type.category(), type.inverse());
            if (type.typeId() != type.inverse() || from != to) {
                steps.add(new Step(to, from, back, removes));
            }
            return steps;
        }
    }
}
