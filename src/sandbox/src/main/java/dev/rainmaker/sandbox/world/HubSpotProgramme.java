package dev.rainmaker.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import dev.rainmaker.sandbox.state.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What partners' people did with the vendor's marketing, from the campaigns of a generated world: a campaign by e-mail becomes
 * e-mails sent, opened and clicked, one for partners a form, every other a marketing event with those who came and those who
 * only registered.
 */
final class HubSpotProgramme {

    /** Per kind of event the contact's properties for how many and for the last one. */
    private static final Map<String, String[]> PROPERTIES = Map.of(
            "DELIVERED", new String[] {"hs_email_delivered", "hs_email_last_send_date"},
            "OPEN", new String[] {"hs_email_open", "hs_email_last_open_date"},
            "CLICK", new String[] {"hs_email_click", "hs_email_last_click_date"});

    private final Portal portal;
    private final Shelf shelf;
    private final Path export;
    private final Map<String, Long> ids;
    private final Map<String, Map<String, String>> campaigns = new HashMap<>();
    private int events;
    private int forms;

    HubSpotProgramme(Portal portal, Shelf shelf, Path export, Map<String, Long> ids) {
        this.portal = portal;
        this.shelf = shelf;
        this.export = export;
        this.ids = ids;
    }

    void write() throws IOException {
        List<Shelf.Put> puts = new ArrayList<>();
        for (Map<String, String> campaign : HubSpotWorld.rows(export, ExportObject.CAMPAIGN)) {
            campaigns.put(value(campaign, "Id"), campaign);
            switch (value(campaign, "Type")) {
                case "Email" -> {
                    // An e-mail leaves traces with the people who got it only.
                }
                case "Partners" -> puts.add(form(campaign));
                default -> puts.add(event(campaign));
            }
        }
        for (Map<String, String> member : HubSpotWorld.rows(export, ExportObject.CAMPAIGN_MEMBER)) {
            member(puts, member);
        }
        shelf.put(puts);
        summaries(puts);
    }

    /** What contacts show of the e-mails that they got. */
    private void summaries(List<Shelf.Put> puts) {
        Map<Long, Map<String, String>> byContact = new HashMap<>();
        for (Shelf.Put put : puts) {
            JsonNode event = put.document();
            if (put.collection().equals("email-events") && event != null) {
                Map<String, String> values =
                        byContact.computeIfAbsent(event.path("contact").asLong(), contact -> new HashMap<>());
                String[] names = java.util.Objects.requireNonNull(
                        PROPERTIES.get(event.path("type").asText()));
                String at =
                        PropertyValue.time(Instant.ofEpochMilli(event.path("at").asLong()));
                values.merge(names[0], "1", (a, b) -> String.valueOf(Integer.parseInt(a) + 1));
                values.merge(names[1], at, (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        portal.<Integer, RuntimeException>write(Source.IMPORT, change -> {
            byContact.forEach((contact, values) ->
                    change.set(change.find(ObjectKind.CONTACT, contact).orElseThrow(), values));
            return byContact.size();
        });
    }

    private static String value(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static String start(Map<String, String> campaign) {
        return value(campaign, "StartDate") + "T14:00:00.000Z";
    }

    private Shelf.Put event(Map<String, String> campaign) {
        String id = String.valueOf(395_700_000_000L + 11L * ++events);
        campaign.put("here", id);
        ObjectNode event = Shelf.object();
        event.put("objectId", id)
                .put("externalEventId", "event-" + events)
                .put("externalAccountId", "academy")
                .put("eventName", value(campaign, "Name"))
                .put("eventType", value(campaign, "Type").toUpperCase(java.util.Locale.ROOT))
                .put("eventOrganizer", "Channel marketing")
                .put("eventCancelled", false)
                .put("eventCompleted", true)
                .put("startDateTime", start(campaign))
                .put("endDateTime", value(campaign, "EndDate") + "T16:00:00.000Z")
                .put("createdAt", value(campaign, "CreatedDate"))
                .put("updatedAt", value(campaign, "CreatedDate"));
        return new Shelf.Put("marketing-events", id, event);
    }

    private Shelf.Put form(Map<String, String> campaign) {
        String id = "00000000-0000-4000-8000-" + String.format(java.util.Locale.ROOT, "%012d", ++forms);
        campaign.put("here", id);
        ObjectNode form = Shelf.object();
        form.put("id", id)
                .put("name", value(campaign, "Name"))
                .put("formType", "hubspot")
                .put("archived", false)
                .put("createdAt", value(campaign, "CreatedDate"))
                .put("updatedAt", value(campaign, "CreatedDate"));
        return new Shelf.Put("forms", id, form);
    }

    private void member(List<Shelf.Put> puts, Map<String, String> member) {
        Map<String, String> campaign = campaigns.get(value(member, "CampaignId"));
        Long contact = ids.get(value(member, "ContactId"));
        CrmRecord person = contact == null
                ? null
                : portal.find(ObjectKind.CONTACT, contact).orElse(null);
        if (campaign == null || person == null || person.text("email").isEmpty()) {
            return;
        }
        boolean answered = value(member, "HasResponded").equals("true");
        Instant at = LocalDate.parse(value(campaign, "StartDate")).atTime(14, 5).toInstant(ZoneOffset.UTC);
        String key = value(member, "Id");
        switch (value(campaign, "Type")) {
            case "Email" -> {
                puts.add(mail(key + "s", "DELIVERED", campaign, person, at));
                puts.add(mail(key + "o", "OPEN", campaign, person, at.plusSeconds(600)));
                if (answered) {
                    puts.add(mail(key + "c", "CLICK", campaign, person, at.plusSeconds(660)));
                }
            }
            case "Partners" -> {
                if (answered) {
                    puts.add(submission(key, campaign, person, at));
                }
            }
            default -> puts.add(participation(key, campaign, person, at, answered));
        }
    }

    private static Shelf.Put mail(String key, String type, Map<String, String> campaign, CrmRecord person, Instant at) {
        ObjectNode event = Shelf.object();
        event.put("id", key)
                .put("type", type)
                .put("recipient", person.text("email"))
                .put("contact", person.id())
                .put("campaign", value(campaign, "Name"))
                .put("at", at.toEpochMilli());
        return new Shelf.Put("email-events", key, event);
    }

    private static Shelf.Put submission(String key, Map<String, String> campaign, CrmRecord person, Instant at) {
        ObjectNode submission = Shelf.object();
        submission
                .put("form", value(campaign, "here"))
                .put("at", at.toEpochMilli())
                .put("email", person.text("email"))
                .put("firstname", person.text("firstname"))
                .put("lastname", person.text("lastname"));
        return new Shelf.Put("submissions", key, submission);
    }

    private static Shelf.Put participation(
            String key, Map<String, String> campaign, CrmRecord person, Instant at, boolean came) {
        ObjectNode participation = Shelf.object();
        participation
                .put("event", value(campaign, "here"))
                .put("contact", person.id())
                .put("state", came ? "ATTENDED" : "REGISTERED")
                .put("at", at.toEpochMilli());
        return new Shelf.Put("participations", key, participation);
    }
}
