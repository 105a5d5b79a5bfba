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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Forms with their submissions, and what people did with marketing e-mails. */
final class MarketingApi {

    static final String FORMS = "forms";
    private static final String SUBMISSIONS = "submissions";
    private static final String EMAILS = "email-events";

    private final Site site;

    MarketingApi(Site site) {
        this.site = site;
    }

    /** {@code /marketing/v3/forms} and the dated path; made here, forms have a name and nothing else. */
    Reply forms(List<String> path, Request request) throws PortalRefused {
        if (request.method().equals("POST") && path.isEmpty()) {
            JsonNode body = Body.json(request);
            String id = UUID.randomUUID().toString();
            ObjectNode form = Shelf.object();
            form.put("id", id)
                    .put("name", Body.text(body, "name"))
                    .put("formType", "hubspot")
                    .put("archived", false)
                    .put("createdAt", PropertyValue.time(site.now()))
                    .put("updatedAt", PropertyValue.time(site.now()));
            site.shelf().put(FORMS, id, form);
            return Reply.json(201, complete(form));
        }
        if (!request.method().equals("GET") || path.size() > 1) {
            return ErrorReply.notAllowed();
        }
        if (path.size() == 1) {
            return Reply.json(
                    200, complete(site.shelf().find(FORMS, path.get(0)).orElseThrow(Records::missing)));
        }
        return page(new ArrayList<>(site.shelf().all(FORMS).values()), request, 20, 500, MarketingApi::complete);
    }

    private static ObjectNode complete(JsonNode form) {
        ObjectNode full = form.deepCopy();
        full.putArray("fieldGroups");
        full.putObject("configuration").put("language", "en");
        full.putObject("displayOptions").put("renderRawHtml", false);
        full.putObject("legalConsentOptions").put("type", "none");
        return full;
    }

    /** Turns a document into what is answered. */
    @FunctionalInterface
    interface Form {
        JsonNode of(JsonNode document);
    }

    /** A page; {@code after} is how many came before. */
    static Reply page(List<JsonNode> all, Request request, int usual, int most, Form form) throws PortalRefused {
        int limit = Body.number(request, "limit", usual, most);
        String after = request.parameter("after");
        int from = after == null || !after.matches("\\d{1,8}") ? 0 : Integer.parseInt(after);
        ObjectNode body = ApiJson.object();
        ArrayNode results = body.putArray("results");
        all.stream().skip(from).limit(limit).forEach(document -> results.add(form.of(document)));
        if (from + limit < all.size()) {
            Records.next(body, String.valueOf(from + limit), request);
        }
        return Reply.json(200, body);
    }

    /** {@code /form-integrations/v1/submissions/forms/{id}}, latest first. */
    Reply submissions(List<String> path, Request request) throws PortalRefused {
        if (path.size() != 3
                || !path.get(0).equals("submissions")
                || !request.method().equals("GET")) {
            return ErrorReply.notFound();
        }
        String form = path.get(2);
        if (site.shelf().find(FORMS, form).isEmpty()) {
            throw Records.missing();
        }
        List<JsonNode> found = site.shelf().all(SUBMISSIONS).values().stream()
                .filter(submission -> submission.path("form").asText().equals(form))
                .sorted(Comparator.comparingLong(
                                (JsonNode submission) -> submission.path("at").asLong())
                        .reversed())
                .toList();
        return page(found, request, 20, 50, MarketingApi::submission);
    }

    private static JsonNode submission(JsonNode document) {
        ObjectNode json = ApiJson.object();
        json.put(
                "conversionId",
                UUID.nameUUIDFromBytes(document.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString());
        json.put("submittedAt", document.path("at").asLong());
        ArrayNode values = json.putArray("values");
        for (String name : List.of("email", "firstname", "lastname")) {
            values.addObject()
                    .put("name", name)
                    .put("value", document.path(name).asText())
                    .put("objectTypeId", "0-1");
        }
        return json.put("pageUrl", "https://www.vendor.example/partners");
    }

    /** {@code POST /submissions/v3/integration/submit/{portalId}/{form}}: a visitor sends a form, without a token. */
    Reply submit(List<String> path, Request request) throws PortalRefused {
        if (path.size() < 4
                || site.shelf().find(FORMS, path.get(path.size() - 1)).isEmpty()) {
            throw Records.missing();
        }
        Map<String, String> values = new LinkedHashMap<>();
        Body.required(Body.json(request), "fields")
                .forEach(field -> values.put(
                        field.path("name").asText(), field.path("value").asText()));
        submit(path.get(path.size() - 1), values);
        return Reply.json(200, ApiJson.object().put("inlineMessage", "Thanks for submitting the form."));
    }

    /** Makes or changes the contact and keeps the submission. */
    private CrmRecord submit(String form, Map<String, String> values) throws PortalRefused {
        String email = values.getOrDefault("email", "");
        Instant at = site.now();
        CrmRecord contact = site.portal().write(Source.FORM, change -> {
            var known = change.find(ObjectKind.CONTACT, "email", email);
            CrmRecord record = known.isPresent()
                    ? change.update(ObjectKind.CONTACT, known.get().id(), values)
                    : change.create(ObjectKind.CONTACT, values);
            String count = record.text("num_conversion_events");
            return change.set(
                    record,
                    Map.of(
                            "num_conversion_events",
                            String.valueOf(count.isEmpty() ? 1 : Integer.parseInt(count) + 1),
                            "recent_conversion_date",
                            PropertyValue.time(at)));
        });
        ObjectNode submission = Shelf.object();
        submission.put("form", form).put("at", at.toEpochMilli());
        List.of("email", "firstname", "lastname")
                .forEach(name -> submission.put(name, values.getOrDefault(name, contact.text(name))));
        site.shelf().put(SUBMISSIONS, UUID.randomUUID().toString(), submission);
        return contact;
    }

    /** {@code /email/public/v1/events}: latest first, with the older way of paging by offset. */
    Reply emailEvents(List<String> path, Request request) throws PortalRefused {
        if (!path.equals(List.of("public", "v1", "events"))) {
            return ErrorReply.notFound();
        }
        int limit = Body.number(request, "limit", 10, 1_000);
        String type = request.query().getOrDefault("eventType", "");
        String recipient = request.query().getOrDefault("recipient", "");
        long since = Long.parseLong(request.query().getOrDefault("startTimestamp", "0"));
        long until = Long.parseLong(request.query().getOrDefault("endTimestamp", String.valueOf(Long.MAX_VALUE)));
        int offset = Integer.parseInt(request.query().getOrDefault("offset", "0"));
        List<JsonNode> found = site.shelf().all(EMAILS).values().stream()
                .filter(event -> type.isEmpty() || event.path("type").asText().equals(type))
                .filter(event ->
                        recipient.isEmpty() || event.path("recipient").asText().equals(recipient))
                .filter(event ->
                        event.path("at").asLong() >= since && event.path("at").asLong() <= until)
                .sorted(Comparator.comparingLong(
                                (JsonNode event) -> event.path("at").asLong())
                        .reversed())
                .toList();
        ObjectNode body = ApiJson.object();
        body.put("hasMore", offset + limit < found.size()).put("offset", String.valueOf(offset + limit));
        ArrayNode events = body.putArray("events");
        found.stream()
                .skip(offset)
                .limit(limit)
                .forEach(event -> events.addObject()
                        .put(
                                "id",
                                UUID.nameUUIDFromBytes(event.path("id")
                                                .asText()
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                        .toString())
                        .put("type", event.path("type").asText())
                        .put("recipient", event.path("recipient").asText())
                        .put("created", event.path("at").asLong())
                        .put("portalId", site.identity().portalId())
                        .put("appId", site.identity().appId())
                        .put("appName", "Batch")
                        .put(
                                "emailCampaignId",
                                Math.abs(event.path("campaign").asText().hashCode())));
        return Reply.json(200, body);
    }
}
