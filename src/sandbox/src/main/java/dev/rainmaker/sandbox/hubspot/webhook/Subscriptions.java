package dev.rainmaker.sandbox.hubspot.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.PortalEvent;
import dev.rainmaker.sandbox.state.Shelf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where events go and which ones: the app's settings and subscriptions, as the API answers them. */
public final class Subscriptions {

    private static final String SETTINGS = "webhook-settings";
    private static final String COLLECTION = "webhook-subscriptions";
    private static final long FIRST = 5_200_001;

    private final Shelf shelf;

    public Subscriptions(Shelf shelf) {
        this.shelf = shelf;
    }

    public Optional<JsonNode> settings() {
        return shelf.find(SETTINGS, "app");
    }

    public void settings(String targetUrl, int concurrent, String at) {
        ObjectNode settings = Shelf.object();
        settings.put("targetUrl", targetUrl)
                .put(
                        "createdAt",
                        settings().map(old -> old.path("createdAt").asText()).orElse(at))
                .put("updatedAt", at);
        settings.putObject("throttling")
                .put("maxConcurrentRequests", concurrent)
                .put("period", "SECONDLY");
        shelf.put(SETTINGS, "app", settings);
    }

    public void removeSettings() {
        shelf.remove(SETTINGS, "app");
    }

    public Collection<JsonNode> all() {
        return shelf.all(COLLECTION).values();
    }

    public Optional<JsonNode> find(String id) {
        return shelf.find(COLLECTION, id);
    }

    /**
     * A new subscription.
     *
     * @param property whose changes are told; empty for other types, or for all properties
     */
    public JsonNode add(String eventType, String property, String objectTypeId, boolean active, String at) {
        long next = FIRST;
        for (JsonNode known : all()) {
            next = Math.max(next, known.path("id").asLong() + 1);
        }
        ObjectNode subscription = Shelf.object();
        subscription
                .put("id", String.valueOf(next))
                .put("eventType", eventType)
                .put("active", active)
                .put("createdAt", at)
                .put("updatedAt", at);
        if (!property.isEmpty()) {
            subscription.put("propertyName", property);
        }
        if (!objectTypeId.isEmpty()) {
            subscription.put("objectTypeId", objectTypeId);
        }
        shelf.put(COLLECTION, String.valueOf(next), subscription);
        return subscription;
    }

    public JsonNode activate(String id, boolean active) {
        ObjectNode changed = find(id).orElseThrow().deepCopy();
        changed.put("active", active);
        shelf.put(COLLECTION, id, changed);
        return changed;
    }

    public void remove(String id) {
        shelf.remove(COLLECTION, id);
    }

    /** Everything that can happen to contacts, companies and deals. */
    public void addUsual(String at) {
        for (ObjectKind kind : List.of(ObjectKind.CONTACT, ObjectKind.COMPANY, ObjectKind.DEAL)) {
            for (String what :
                    List.of("creation", "deletion", "propertyChange", "merge", "restore", "associationChange")) {
                add(kind.singular() + "." + what, "", "", true, at);
            }
        }
    }

    /** The subscriptions that an event is for. */
    List<JsonNode> of(PortalEvent event) {
        boolean classic = event.kind() != ObjectKind.LEAD && event.kind() != ObjectKind.EMAIL;
        List<JsonNode> wanted = new ArrayList<>();
        for (JsonNode subscription : all()) {
            String type = subscription.path("eventType").asText();
            boolean typed = classic && type.equals(event.kind().singular() + "." + event.what())
                    || type.equals("object." + event.what())
                            && subscription
                                    .path("objectTypeId")
                                    .asText()
                                    .equals(event.kind().typeId());
            String property = subscription.path("propertyName").asText("");
            if (typed
                    && subscription.path("active").asBoolean()
                    && (property.isEmpty() || property.equals(event.property()))) {
                wanted.add(subscription);
            }
        }
        return wanted;
    }
}
