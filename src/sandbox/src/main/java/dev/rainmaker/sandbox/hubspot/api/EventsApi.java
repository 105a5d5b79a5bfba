package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import dev.rainmaker.sandbox.state.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Marketing events and who took part. */
final class EventsApi {

    static final String EVENTS = "marketing-events";
    static final String PARTICIPATIONS = "participations";

    private final Site site;

    EventsApi(Site site) {
        this.site = site;
    }

    Reply answer(List<String> path, Request request) throws PortalRefused {
        String first = path.isEmpty() ? "" : path.get(0);
        String what =
                request.method() + " " + (first.matches("participations|events") ? first : path.isEmpty() ? "" : "one");
        return switch (what) {
            case "GET " ->
                MarketingApi.page(new ArrayList<>(site.shelf().all(EVENTS).values()), request, 10, 100, this::event);
            case "GET participations" -> participations(path.subList(1, path.size()), request);
            case "POST events" -> path.size() == 1 ? create(request) : ErrorReply.notFound();
            case "GET events" -> path.size() == 2 ? external(path.get(1), request) : ErrorReply.notFound();
            case "GET one" ->
                path.size() == 1
                        ? Reply.json(200, event(site.shelf().find(EVENTS, first).orElseThrow(Records::missing)))
                        : ErrorReply.notFound();
            case "POST one" -> attend(path, request);
            default -> ErrorReply.notAllowed();
        };
    }

    private ObjectNode event(JsonNode document) {
        ObjectNode event = document.deepCopy();
        String id = document.path("objectId").asText();
        event.put("registrants", count(id, "REGISTERED") + count(id, "ATTENDED"))
                .put("attendees", count(id, "ATTENDED"))
                .put("cancellations", count(id, "CANCELLED"))
                .put("noShows", 0)
                .put("eventStatus", "COMPLETED");
        event.putArray("customProperties");
        event.putObject("appInfo")
                .put("id", String.valueOf(site.identity().appId()))
                .put("name", "Sandbox");
        return event;
    }

    private long count(String event, String state) {
        return of(event).stream()
                .filter(one -> one.path("state").asText().equals(state))
                .count();
    }

    private List<JsonNode> of(String event) {
        return which(one -> one.path("event").asText().equals(event));
    }

    private List<JsonNode> which(Predicate<JsonNode> wanted) {
        return site.shelf().all(PARTICIPATIONS).values().stream().filter(wanted).toList();
    }

    private Optional<JsonNode> byExternal(String account, String id) {
        return site.shelf().all(EVENTS).values().stream()
                .filter(event -> event.path("externalEventId").asText().equals(id)
                        && event.path("externalAccountId").asText().equals(account))
                .findFirst();
    }

    private Reply external(String id, Request request) throws PortalRefused {
        String account = request.query().getOrDefault("externalAccountId", "");
        return Reply.json(200, event(byExternal(account, id).orElseThrow(Records::missing)));
    }

    /** {@code {id}}, {@code {account}/{externalId}} or {@code contacts/{who}}, each with {@code /breakdown} or without. */
    private Reply participations(List<String> path, Request request) throws PortalRefused {
        boolean breakdown = !path.isEmpty() && path.get(path.size() - 1).equals("breakdown");
        List<String> whose = breakdown ? path.subList(0, path.size() - 1) : path;
        List<JsonNode> found;
        if (whose.size() == 2 && whose.get(0).equals("contacts") && breakdown) {
            found = ofContact(whose.get(1));
        } else if (whose.size() == 1) {
            if (site.shelf().find(EVENTS, whose.get(0)).isEmpty()) {
                throw Records.missing();
            }
            found = of(whose.get(0));
        } else if (whose.size() == 2) {
            JsonNode event = byExternal(whose.get(0), whose.get(1)).orElseThrow(Records::missing);
            found = of(event.path("objectId").asText());
        } else {
            return ErrorReply.notFound();
        }
        String state = request.query().getOrDefault("state", "");
        List<JsonNode> wanted = found.stream()
                .filter(one -> state.isEmpty() || one.path("state").asText().equals(state))
                .toList();
        return breakdown ? breakdown(wanted, request) : counters(found);
    }

    private List<JsonNode> ofContact(String identifier) throws PortalRefused {
        Optional<CrmRecord> contact = identifier.contains("@")
                ? site.portal().find(ObjectKind.CONTACT, "email", identifier)
                : site.portal().find(ObjectKind.CONTACT, Long.parseLong(identifier));
        long id = contact.orElseThrow(Records::missing).id();
        return which(one -> one.path("contact").asLong() == id);
    }

    private static Reply counters(List<JsonNode> found) {
        ObjectNode body = ApiJson.object();
        for (String[] pair : new String[][] {
            {"attended", "ATTENDED"}, {"registered", "REGISTERED"}, {"cancelled", "CANCELLED"}, {"noShows", "NO_SHOW"}
        }) {
            body.put(
                    pair[0],
                    found.stream()
                            .filter(one -> one.path("state").asText().equals(pair[1]))
                            .count());
        }
        return Reply.json(200, body);
    }

    private Reply breakdown(List<JsonNode> found, Request request) throws PortalRefused {
        Reply page = MarketingApi.page(found, request, 10, 100, this::participation);
        try {
            ObjectNode body = (ObjectNode) ApiJson.MAPPER.readTree(page.body());
            return Reply.json(200, body.put("total", found.size()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonNode participation(JsonNode one) {
        JsonNode event = site.shelf().find(EVENTS, one.path("event").asText()).orElseThrow();
        CrmRecord contact = site.portal()
                .find(ObjectKind.CONTACT, one.path("contact").asLong())
                .orElseThrow();
        String state = one.path("state").asText();
        ObjectNode json = ApiJson.object();
        json.put("id", one.path("event").asText() + "-" + contact.id())
                .put(
                        "createdAt",
                        PropertyValue.time(Instant.ofEpochMilli(one.path("at").asLong())));
        ObjectNode properties = json.putObject("properties");
        properties.put("occurredAt", one.path("at").asLong()).put("attendanceState", state);
        if (state.equals("ATTENDED")) {
            properties.put("attendanceDurationSeconds", 3_000).put("attendancePercentage", "0.83");
        }
        ObjectNode associations = json.putObject("associations");
        associations
                .putObject("contact")
                .put("contactId", String.valueOf(contact.id()))
                .put("email", contact.text("email"))
                .put("firstname", contact.text("firstname"))
                .put("lastname", contact.text("lastname"));
        associations
                .putObject("marketingEvent")
                .put("marketingEventId", event.path("objectId").asText())
                .put("externalEventId", event.path("externalEventId").asText())
                .put("externalAccountId", event.path("externalAccountId").asText())
                .put("name", event.path("eventName").asText());
        return json;
    }

    private Reply create(Request request) throws PortalRefused {
        JsonNode body = Body.json(request);
        String id = String.valueOf(395_800_000_000L + site.shelf().size(EVENTS));
        ObjectNode event = Shelf.object();
        event.put("objectId", id)
                .put("externalEventId", Body.text(body, "externalEventId"))
                .put("externalAccountId", Body.text(body, "externalAccountId"))
                .put("eventName", Body.text(body, "eventName"))
                .put("eventOrganizer", Body.text(body, "eventOrganizer"))
                .put("eventType", body.path("eventType").asText("WEBINAR"))
                .put("startDateTime", body.path("startDateTime").asText(PropertyValue.time(site.now())))
                .put("createdAt", PropertyValue.time(site.now()))
                .put("updatedAt", PropertyValue.time(site.now()));
        site.shelf().put(EVENTS, id, event);
        return Reply.json(200, event(event));
    }

    /** {@code POST /{objectId}/attendance/{state}/create|email-create}. */
    private Reply attend(List<String> path, Request request) throws PortalRefused {
        if (path.size() != 4 || !path.get(1).equals("attendance")) {
            return ErrorReply.notFound();
        }
        JsonNode event = site.shelf().find(EVENTS, path.get(0)).orElseThrow(Records::missing);
        String state = Map.of("register", "REGISTERED", "attend", "ATTENDED", "cancel", "CANCELLED")
                .getOrDefault(path.get(2).toLowerCase(Locale.ROOT), "");
        if (state.isEmpty()) {
            throw PortalRefused.invalid("the state must be register, attend or cancel: " + path.get(2));
        }
        ObjectNode body = ApiJson.object();
        ArrayNode results = body.putArray("results");
        for (JsonNode input : Body.inputs(Body.json(request), site.number("batch-size"))) {
            long contact = contact(path.get(3), input);
            long at = input.path("interactionDateTime").asLong(site.now().toEpochMilli());
            ObjectNode one = Shelf.object();
            one.put("event", event.path("objectId").asText())
                    .put("contact", contact)
                    .put("state", state)
                    .put("at", at);
            site.shelf().put(PARTICIPATIONS, event.path("objectId").asText() + "/" + contact, one);
            results.addObject().put("vid", contact);
        }
        return Reply.json(200, body.put("status", "COMPLETE"));
    }

    private long contact(String by, JsonNode input) throws PortalRefused {
        if (by.equals("create")) {
            long id = Body.required(input, "vid").asLong();
            return site.portal()
                    .find(ObjectKind.CONTACT, id)
                    .orElseThrow(Records::missing)
                    .id();
        }
        String email = Body.text(input, "email");
        return site.portal()
                .write(
                        Source.FORM,
                        change ->
                                change.find(ObjectKind.CONTACT, "email", email).isPresent()
                                        ? change.find(ObjectKind.CONTACT, "email", email)
                                                .orElseThrow()
                                        : change.create(ObjectKind.CONTACT, Map.of("email", email)))
                .id();
    }
}
