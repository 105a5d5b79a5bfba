package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.CallPurpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.jspecify.annotations.Nullable;

/**
 * Adds to objects what is asked of their owner, of the records that their properties lead to, and of labelled associations:
 * per page one call each.
 */
final class RelatedRecords {

    private static final Duration OWNERS_KNOWN = Duration.ofMinutes(10);

    private final HubspotPortal portal;
    private final Clock clock;
    private Map<String, Map<String, @Nullable Object>> owners = Map.of();
    private Instant ownersUntil = Instant.MIN;

    RelatedRecords(HubspotPortal portal, Clock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    /** @param objects properties by the object's id; what is related is put beside them */
    void add(
            ObjectType type,
            WantedFields wanted,
            Map<String, Map<String, @Nullable Object>> objects,
            CallPurpose purpose) {
        if (objects.isEmpty()) {
            return;
        }
        if (wanted.owner()) {
            objects.values()
                    .forEach(fields ->
                            fields.put(WantedFields.OWNER, owner(fields.get(WantedFields.OWNER_ID), purpose)));
        }
        wanted.related().forEach((word, properties) -> addLookup(type, word, properties, objects.values(), purpose));
        wanted.associations().forEach((stream, labels) -> addAssociations(type, stream, labels, objects, purpose));
    }

    private @Nullable Map<String, @Nullable Object> owner(@Nullable Object id, CallPurpose purpose) {
        if (id == null || id.toString().isBlank()) {
            return null;
        }
        Map<String, @Nullable Object> owner = owners(purpose).get(id.toString());
        if (owner != null) {
            return owner;
        }
        Map<String, @Nullable Object> gone = new HashMap<>();
        gone.put("active", false);
        return gone;
    }

    private synchronized Map<String, Map<String, @Nullable Object>> owners(CallPurpose purpose) {
        if (clock.instant().isBefore(ownersUntil)) {
            return owners;
        }
        Map<String, Map<String, @Nullable Object>> all = new HashMap<>();
        String after = null;
        do {
            Map<String, Object> headers = new HashMap<>();
            headers.put(HubspotConstants.LIMIT, 500);
            if (after != null) {
                headers.put(HubspotConstants.AFTER, after);
            }
            JsonNode page = portal.call(HubspotPortal.Call.of("owners/list", headers, null), purpose)
                    .json();
            for (JsonNode owner : page.path("results")) {
                Map<String, @Nullable Object> fields = Json.map(owner);
                fields.put("active", !owner.path("archived").asBoolean());
                all.put(owner.path("id").asText(), fields);
            }
            after = next(page);
        } while (after != null);
        owners = all;
        ownersUntil = clock.instant().plus(OWNERS_KNOWN);
        return all;
    }

    static @Nullable String next(JsonNode page) {
        String after = page.path("paging").path("next").path("after").asText();
        return after.isEmpty() ? null : after;
    }

    private void addLookup(
            ObjectType type,
            String word,
            Set<String> properties,
            Collection<Map<String, @Nullable Object>> objects,
            CallPurpose purpose) {
        String lookup = String.valueOf(type.lookup(word));
        Set<String> ids = new LinkedHashSet<>();
        objects.forEach(fields -> id(fields.get(lookup), ids));
        ObjectType target = word.equals("contact") ? ObjectType.CONTACTS : ObjectType.COMPANIES;
        Map<String, Map<String, @Nullable Object>> found = new HashMap<>();
        for (List<String> part : parts(List.copyOf(ids), 100)) {
            JsonNode answer =
                    portal.call(batchRead(target, part, properties), purpose).json();
            answer.path("results")
                    .forEach(item -> found.put(item.path("id").asText(), Json.map(item.path("properties"))));
        }
        for (Map<String, @Nullable Object> fields : objects) {
            Object id = fields.get(lookup);
            fields.put(word, id == null ? null : found.get(id.toString()));
        }
    }

    private static void id(@Nullable Object value, Set<String> ids) {
        if (value != null && value.toString().matches("\\d{1,19}")) {
            ids.add(value.toString());
        }
    }

    static HubspotPortal.Call batchRead(ObjectType type, List<String> ids, Collection<String> properties) {
        return HubspotPortal.Call.of(
                "objects/batchRead",
                Map.of(
                        HubspotConstants.OBJECT_TYPE,
                        type.stream(),
                        HubspotConstants.PROPERTIES,
                        String.join(",", properties)),
                ids);
    }

    static List<List<String>> parts(List<String> ids, int most) {
        List<List<String>> parts = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += most) {
            parts.add(ids.subList(start, Math.min(ids.size(), start + most)));
        }
        return parts;
    }

    /** {@code associations.companies} becomes the first associated id by label, and all ids under {@code ids}. */
    private void addAssociations(
            ObjectType type,
            String stream,
            Set<String> labels,
            Map<String, Map<String, @Nullable Object>> objects,
            CallPurpose purpose) {
        Map<String, JsonNode> linked = new HashMap<>();
        for (List<String> part : parts(List.copyOf(objects.keySet()), 1000)) {
            JsonNode answer = portal.call(
                            HubspotPortal.Call.of(
                                    "associations/batchRead",
                                    Map.of(
                                            HubspotConstants.OBJECT_TYPE,
                                            type.stream(),
                                            HubspotConstants.TO_OBJECT_TYPE,
                                            stream),
                                    part),
                            purpose)
                    .json();
            answer.path("results")
                    .forEach(item -> linked.put(item.path("from").path("id").asText(), item.path("to")));
        }
        objects.forEach((id, fields) -> {
            Map<String, @Nullable Object> byLabel = new HashMap<>();
            labels.forEach(label -> byLabel.put(label, null));
            List<String> ids = new ArrayList<>();
            JsonNode targets = linked.get(id);
            if (targets != null) {
                targets.forEach(target -> note(target, labels, byLabel, ids));
            }
            byLabel.put("ids", ids);
            Map<String, @Nullable Object> all = associations(fields);
            all.put(stream, byLabel);
        });
    }

    private static void note(
            JsonNode target, Set<String> labels, Map<String, @Nullable Object> byLabel, List<String> ids) {
        String id = target.path("toObjectId").asText(target.path("id").asText());
        ids.add(id);
        for (JsonNode kind : target.path("associationTypes")) {
            String said = word(kind.path("label").asText());
            labels.stream().filter(label -> word(label).equals(said)).forEach(label -> byLabel.putIfAbsent(label, id));
        }
    }

    /** A label as a path can write it: small letters, everything else but digits a line below. */
    private static String word(String label) {
        return label.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> associations(Map<String, @Nullable Object> fields) {
        return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(
                fields.computeIfAbsent(WantedFields.ASSOCIATIONS, any -> new HashMap<String, @Nullable Object>()));
    }
}
