package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.PushedEvent;
import dev.rainmaker.connector.RawRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.component.hubspot.HubspotSignature;
import org.jspecify.annotations.Nullable;

/**
 * Checks webhooks and says which records they are about. Only ids are believed: what a record now holds is fetched, so that
 * late, repeated and unordered events are harmless.
 */
final class HubspotWebhooks {

    /** HubSpot sends at most 100 events at once. */
    private static final int MOST_EVENTS = 1_000;

    private final HubspotSettings settings;
    private final HubspotFaults faults;

    HubspotWebhooks(HubspotSettings settings, HubspotFaults faults) {
        this.settings = settings;
        this.faults = faults;
    }

    List<PushedEvent> verify(RawRequest request) {
        if (settings.webhookSecrets().isEmpty()) {
            throw faults.fatal("webhooks are not taken: the connection has no client-secret to check them with");
        }
        Optional<String> refusal = HubspotSignature.refusal(
                settings.webhookSecrets(),
                request.method(),
                settings.webhookUrl() == null ? request.url() : settings.webhookUrl(),
                request.body(),
                header(request, HubspotSignature.HEADER),
                header(request, HubspotSignature.TIMESTAMP_HEADER),
                request.receivedAt());
        if (refusal.isPresent()) {
            throw faults.fatal("a webhook was refused: " + refusal.get());
        }
        List<PushedEvent> events = new ArrayList<>();
        for (JsonNode event : events(request.body())) {
            if (settings.portalId().isEmpty()
                    || settings.portalId().equals(event.path("portalId").asText(settings.portalId()))) {
                add(event, events);
            }
        }
        return events;
    }

    private static @Nullable String header(RawRequest request, String name) {
        List<String> values = request.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? values.get(0) : null;
    }

    private JsonNode events(byte[] body) {
        try {
            JsonNode events = Json.MAPPER.readTree(body);
            if (events != null && events.isArray() && events.size() <= MOST_EVENTS) {
                return events;
            }
        } catch (IOException notJson) {
            throw faults.fatal("a webhook with a good signature is not JSON");
        }
        throw faults.fatal("a webhook with a good signature is no list of events");
    }

    private static void add(JsonNode event, List<PushedEvent> events) {
        String kind =
                event.path("subscriptionType").asText(event.path("eventType").asText());
        int dot = kind.lastIndexOf('.');
        String subject = dot < 0 ? "" : kind.substring(0, dot);
        String what = dot < 0 ? "" : kind.substring(dot + 1).toLowerCase(Locale.ROOT);
        String named = subject.equals("object") ? event.path("objectTypeId").asText() : subject;
        ObjectType type = ObjectType.ofEvent(named).orElse(null);
        if (type == null) {
            return; // not a stream of ours
        }
        switch (what) {
            case "deletion", "privacydeletion" -> add(event, type, event.path("objectId"), true, events);
            case "merge" -> {
                add(event, type, event.path("primaryObjectId"), false, events);
                event.path("mergedObjectIds").forEach(id -> add(event, type, id, true, events));
                add(event, type, event.path("objectId"), false, events);
            }
            case "associationchange" -> {
                String[] ends = event.path("associationType").asText().split("_TO_");
                ObjectType.ofEvent(ends[0])
                        .ifPresent(from -> add(event, from, event.path("fromObjectId"), false, events));
                if (ends.length == 2) {
                    ObjectType.ofEvent(ends[1])
                            .ifPresent(to -> add(event, to, event.path("toObjectId"), false, events));
                }
            }
            default -> add(event, type, event.path("objectId"), false, events);
        }
    }

    private static void add(JsonNode event, ObjectType type, JsonNode id, boolean deleted, List<PushedEvent> events) {
        if (id.asText().matches("\\d{1,19}")) {
            Instant at =
                    Instant.ofEpochMilli(Math.max(0, event.path("occurredAt").asLong()));
            events.add(new PushedEvent(key(event) + ":" + id.asText(), type.stream(), id.asText(), deleted, at));
        }
    }

    /** HubSpot does not promise that eventId is unique: everything but the number of the attempt makes an event the same. */
    private static String key(JsonNode event) {
        JsonNode same = event;
        if (event instanceof ObjectNode object) {
            ObjectNode copy = object.deepCopy();
            copy.remove("attemptNumber");
            same = copy;
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(same.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
