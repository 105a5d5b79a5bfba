package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.hubspot.ReadCursor.Phase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.component.hubspot.HubspotChanges;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.apache.camel.component.hubspot.HubspotException;
import org.jspecify.annotations.Nullable;

/**
 * Reads engagement: form by form, event by event, and the history of contacts' clicks. A page is one page of one form or
 * event; the cursor's part says which.
 */
final class EngagementReader {

    private static final int SUBMISSIONS = 50;
    private static final int PARTICIPATIONS = 100;
    private static final int CONTACTS_WITH_HISTORY = 50;
    private static final String CLICKED = "hs_email_last_click_date";

    private final HubspotPortal portal;
    private final HubspotSettings settings;
    private final Clock clock;

    EngagementReader(HubspotPortal portal, HubspotSettings settings, Clock clock) {
        this.portal = portal;
        this.settings = settings;
        this.clock = clock;
    }

    Page read(EngagementStream stream, ReadCursor at) {
        return switch (stream) {
            case FORM_SUBMISSIONS -> submissions(at);
            case EVENT_ATTENDANCE -> attendance(at);
            case EMAIL_ENGAGEMENT -> clicks(at);
        };
    }

    // ---- forms ----

    private Page submissions(ReadCursor at) {
        TreeMap<String, JsonNode> forms = new TreeMap<>();
        HubspotPortal.Answer first = all("forms/list", "id", forms);
        ReadCursor begun = at.begun(serverTime(first));
        String form = forms.ceilingKey(begun.part());
        if (form == null) {
            return new Page(List.of(), begun.finished(settings.overlap()).written(), true, -1);
        }
        String after = form.equals(begun.part()) ? begun.after() : "";
        JsonNode page = call("forms/submissions", "", form, after, SUBMISSIONS).json();
        List<JsonNode> wanted = new ArrayList<>();
        boolean reachedOld = false;
        for (JsonNode submission : page.path("results")) {
            Instant submitted = time(submission.path("submittedAt"));
            if (submitted.isBefore(begun.since())) {
                reachedOld = true; // newest first: the rest was read before
            } else {
                wanted.add(submission);
            }
        }
        List<SourceRecord> records = submissions(form, text(forms.get(form), "name"), wanted);
        String next = RelatedRecords.next(page);
        return next != null && !reachedOld
                ? new Page(records, begun.at(begun.phase(), form, next).written(), false, -1)
                : following(begun, forms.higherKey(form), records);
    }

    private Page following(ReadCursor begun, @Nullable String part, List<SourceRecord> records) {
        return part == null
                ? new Page(records, begun.finished(settings.overlap()).written(), true, -1)
                : new Page(records, begun.at(begun.phase(), part, "").written(), false, -1);
    }

    private List<SourceRecord> submissions(String form, String formName, List<JsonNode> submissions) {
        Set<String> emails = new LinkedHashSet<>();
        submissions.forEach(submission -> emails.add(email(submission)));
        emails.remove("");
        Map<String, String> contacts = contacts(List.copyOf(emails));
        List<SourceRecord> records = new ArrayList<>();
        for (JsonNode submission : submissions) {
            Instant submitted = time(submission.path("submittedAt"));
            String email = email(submission);
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("formId", form);
            fields.put("formName", formName);
            fields.put("submittedAt", submitted.toString());
            fields.put("pageUrl", submission.path("pageUrl").asText(null));
            fields.put("email", email.isEmpty() ? null : email);
            fields.put("contactId", contacts.get(email));
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            submission.path("values").forEach(pair -> values.put(text(pair, "name"), Json.value(pair.path("value"))));
            fields.put("values", values);
            String id = form + ":" + submitted.toEpochMilli() + ":" + hash(submission.path("values"));
            records.add(record(EngagementStream.FORM_SUBMISSIONS, id, submitted, fields, submission));
        }
        return records;
    }

    private static String email(JsonNode submission) {
        for (JsonNode pair : submission.path("values")) {
            if (pair.path("name").asText().equals("email")) {
                return pair.path("value").asText().strip().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    /** Ids of the contacts with these addresses; nobody is made up where there is none. */
    private Map<String, String> contacts(List<String> emails) {
        Map<String, String> ids = new HashMap<>();
        for (List<String> part : RelatedRecords.parts(emails, 100)) {
            try {
                HubspotPortal.Call call = new HubspotPortal.Call(
                        "objects/batchRead",
                        "idProperty=email",
                        Map.of(HubspotConstants.OBJECT_TYPE, "contacts", HubspotConstants.PROPERTIES, "email"),
                        part);
                portal.send(call, CallPurpose.READ)
                        .json()
                        .path("results")
                        .forEach(found -> ids.put(
                                found.path("properties").path("email").asText().toLowerCase(Locale.ROOT),
                                found.path("id").asText()));
            } catch (HubspotException told) {
                if (told.getKind() != HubspotException.Kind.NOT_FOUND) {
                    throw portal.faults().of(told);
                }
            }
        }
        return ids;
    }

    // ---- marketing events ----

    private Page attendance(ReadCursor at) {
        TreeMap<String, JsonNode> events = new TreeMap<>();
        HubspotPortal.Answer first = all("marketingEvents/list", "objectId", events);
        ReadCursor begun = at.begun(serverTime(first));
        Instant now = begun.started() == null ? serverTime(first) : begun.started();
        if (begun.phase() == Phase.CHANGES) {
            events.values().removeIf(event -> isOver(event, now));
        }
        String event = events.ceilingKey(begun.part());
        if (event == null) {
            return new Page(List.of(), begun.finished(settings.overlap()).written(), true, -1);
        }
        String after = event.equals(begun.part()) ? begun.after() : "";
        JsonNode page = call("marketingEvents/participations", "", event, after, PARTICIPATIONS)
                .json();
        List<SourceRecord> records = new ArrayList<>();
        for (JsonNode participation : page.path("results")) {
            records.add(participation(event, text(events.get(event), "eventName"), participation));
        }
        String next = RelatedRecords.next(page);
        return next != null
                ? new Page(records, begun.at(begun.phase(), event, next).written(), false, -1)
                : following(begun, events.higherKey(event), records);
    }

    /** Whether nothing more is expected of an event: it ended, or at least began, longer ago than the window. */
    private boolean isOver(JsonNode event, Instant now) {
        Instant latest = Instant.EPOCH;
        for (String name : List.of("startDateTime", "endDateTime", "updatedAt", "createdAt")) {
            if (!event.path(name).asText().isEmpty() && !event.path(name).isNull()) {
                Instant time = time(event.path(name));
                latest = time.isAfter(latest) ? time : latest;
            }
        }
        return latest.isBefore(now.minus(settings.engagementWindow()));
    }

    private SourceRecord participation(String event, String eventName, JsonNode participation) {
        JsonNode contact = participation.path("associations").path("contact");
        JsonNode properties = participation.path("properties");
        Instant occurred =
                time(properties.has("occurredAt") ? properties.path("occurredAt") : participation.path("createdAt"));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("eventId", event);
        fields.put("eventName", eventName);
        fields.put("state", properties.path("attendanceState").asText(null));
        fields.put("occurredAt", occurred.toString());
        fields.put("email", contact.path("email").asText(null));
        fields.put("contactId", contact.path("contactId").asText(null));
        String id = text(participation, "id").isEmpty()
                ? event + ":" + text(contact, "contactId")
                : event + ":" + text(participation, "id");
        return record(EngagementStream.EVENT_ATTENDANCE, id, occurred, fields, participation);
    }

    // ---- clicks in e-mail ----

    private Page clicks(ReadCursor at) {
        HubspotPortal.Answer found = portal.call(
                HubspotPortal.Call.of(
                        "objects/search",
                        Map.of(HubspotConstants.OBJECT_TYPE, "contacts"),
                        HubspotChanges.search(
                                CLICKED,
                                at.since(),
                                at.after().isEmpty() ? null : at.after(),
                                List.of("email", CLICKED),
                                CONTACTS_WITH_HISTORY)),
                CallPurpose.READ);
        requireResults(found, "objects/search");
        ReadCursor begun = at.begun(serverTime(found));
        List<SourceRecord> records = clicks(found.json().path("results"), begun.since());
        String last = HubspotChanges.lastId(found.json());
        return last == null || !HubspotChanges.hasMore(found.json())
                ? new Page(records, begun.finished(settings.overlap()).written(), true, -1)
                : new Page(records, begun.at(begun.phase(), "", last).written(), false, -1);
    }

    private List<SourceRecord> clicks(JsonNode contacts, Instant since) {
        List<String> ids = new ArrayList<>();
        contacts.forEach(contact -> ids.add(contact.path("id").asText()));
        if (ids.isEmpty()) {
            return List.of();
        }
        HubspotPortal.Call call = new HubspotPortal.Call(
                "objects/batchRead",
                "propertiesWithHistory=" + CLICKED,
                Map.of(HubspotConstants.OBJECT_TYPE, "contacts", HubspotConstants.PROPERTIES, "email," + CLICKED),
                ids);
        Map<String, SourceRecord> records = new LinkedHashMap<>();
        for (JsonNode contact : portal.call(call, CallPurpose.READ).json().path("results")) {
            List<JsonNode> times = new ArrayList<>();
            contact.path("propertiesWithHistory").path(CLICKED).forEach(version -> times.add(version.path("value")));
            times.add(contact.path("properties").path(CLICKED));
            for (JsonNode time : times) {
                if (!time.asText().isEmpty() && !time.isNull() && !time(time).isBefore(since)) {
                    SourceRecord click = click(contact, time(time));
                    records.put(click.id(), click);
                }
            }
        }
        return List.copyOf(records.values());
    }

    private static SourceRecord click(JsonNode contact, Instant at) {
        String id = contact.path("id").asText();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("action", "click");
        fields.put("occurredAt", at.toString());
        fields.put("email", contact.path("properties").path("email").asText(null));
        fields.put("contactId", id);
        ObjectNode raw = Json.MAPPER.createObjectNode().put("contactId", id).put(CLICKED, at.toString());
        return record(EngagementStream.EMAIL_ENGAGEMENT, id + ":click:" + at.toEpochMilli(), at, fields, raw);
    }

    // ---- shared ----

    /** Every form or event by its id; the first page's answer. */
    private HubspotPortal.Answer all(String operation, String idName, Map<String, JsonNode> into) {
        HubspotPortal.Answer first = null;
        String after = "";
        do {
            HubspotPortal.Answer page = call(operation, "", "", after, 100);
            first = first == null ? page : first;
            for (JsonNode item : page.json().path("results")) {
                into.put(text(item, idName), item);
            }
            String next = RelatedRecords.next(page.json());
            after = next == null ? "" : next;
        } while (!after.isEmpty());
        into.remove("");
        return java.util.Objects.requireNonNull(first);
    }

    private HubspotPortal.Answer call(String operation, String options, String id, String after, int limit) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(HubspotConstants.LIMIT, limit);
        if (!id.isEmpty()) {
            headers.put(HubspotConstants.OBJECT_ID, id);
        }
        if (!after.isEmpty()) {
            headers.put(HubspotConstants.AFTER, after);
        }
        HubspotPortal.Answer answer =
                portal.call(new HubspotPortal.Call(operation, options, headers, null), CallPurpose.READ);
        requireResults(answer, operation);
        return answer;
    }

    private void requireResults(HubspotPortal.Answer answer, String operation) {
        if (!answer.json().path("results").isArray()) {
            throw portal.faults().fatal("the answer to " + operation + " has no results; it is not HubSpot's");
        }
    }

    private Instant serverTime(HubspotPortal.Answer answer) {
        Instant told = answer.serverTime();
        return told == null ? clock.instant() : told;
    }

    private static String text(@Nullable JsonNode node, String name) {
        return node == null || node.path(name).isNull() ? "" : node.path(name).asText();
    }

    /** Milliseconds, as number or text, or ISO 8601. */
    private Instant time(JsonNode node) {
        String text = node.asText();
        try {
            return text.matches("\\d{10,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException noTime) {
            throw portal.faults().fatal("a time came as \"" + Words.clean(text) + "\"");
        }
    }

    private static String hash(JsonNode node) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.bytes(node));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static SourceRecord record(
            EngagementStream stream, String id, Instant at, Map<String, @Nullable Object> fields, JsonNode raw) {
        return new SourceRecord(stream.stream(), id, at, false, fields, Json.bytes(raw));
    }
}
