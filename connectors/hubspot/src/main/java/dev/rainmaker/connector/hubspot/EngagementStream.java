package dev.rainmaker.connector.hubspot;

import dev.rainmaker.connector.StreamDescription;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What people did, as streams: HubSpot has no object for these, so each is put together from what its API tells. */
enum EngagementStream {
    FORM_SUBMISSIONS(
            "form_submissions",
            "Form submissions",
            List.of("formId", "formName", "submittedAt", "pageUrl", "email", "contactId", "values")),
    EVENT_ATTENDANCE(
            "event_attendance",
            "Marketing event attendance",
            List.of("eventId", "eventName", "state", "occurredAt", "email", "contactId")),
    EMAIL_ENGAGEMENT(
            "email_engagement", "Clicks in marketing e-mail", List.of("action", "occurredAt", "email", "contactId"));

    private final String stream;
    private final String label;
    private final List<String> fields;

    EngagementStream(String stream, String label, List<String> fields) {
        this.stream = stream;
        this.label = label;
        this.fields = fields;
    }

    String stream() {
        return stream;
    }

    static Optional<EngagementStream> of(String stream) {
        return Arrays.stream(values())
                .filter(each -> each.stream.equals(stream))
                .findFirst();
    }

    StreamDescription described() {
        return new StreamDescription(
                stream,
                label,
                fields.stream()
                        .map(field -> new StreamDescription.Field(
                                field, field, field.endsWith("At") ? "datetime" : "string", false, false))
                        .toList());
    }
}
