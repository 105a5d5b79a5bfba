package dev.rainmaker.sandbox.hubspot.portal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of CRM objects that the portal has, with what differs between them. */
public enum ObjectKind {
    CONTACT("0-1", "contact", "contacts", "createdate", "lastmodifieddate", List.of("firstname", "lastname", "email")),
    COMPANY("0-2", "company", "companies", "createdate", "hs_lastmodifieddate", List.of("name", "domain")),
    DEAL(
            "0-3",
            "deal",
            "deals",
            "createdate",
            "hs_lastmodifieddate",
            List.of("amount", "closedate", "dealname", "dealstage", "pipeline")),
    LEAD("0-136", "lead", "leads", "hs_createdate", "hs_lastmodifieddate", List.of("hs_lead_name")),
    EMAIL("0-49", "email", "emails", "hs_createdate", "hs_lastmodifieddate", List.of());

    private final String typeId;
    private final String singular;
    private final String plural;
    private final String created;
    private final String modified;
    private final List<String> usual;

    ObjectKind(String typeId, String singular, String plural, String created, String modified, List<String> usual) {
        this.typeId = typeId;
        this.singular = singular;
        this.plural = plural;
        this.created = created;
        this.modified = modified;
        this.usual = usual;
    }

    /** By name in singular or plural or by type id, as paths write it. */
    public static Optional<ObjectKind> named(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        for (ObjectKind kind : values()) {
            if (kind.plural.equals(name) || kind.singular.equals(name) || kind.typeId.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public String typeId() {
        return typeId;
    }

    public String singular() {
        return singular;
    }

    public String plural() {
        return plural;
    }

    /** The property that holds when the record was made. */
    public String createdProperty() {
        return created;
    }

    /** The property that holds when the record last changed. */
    public String modifiedProperty() {
        return modified;
    }

    /** Properties answered when none are asked for, besides the id and the two times. */
    public List<String> usualProperties() {
        return usual;
    }

    /** The text that names a record in a browser. */
    public String title(CrmRecord of) {
        String title = switch (this) {
            case CONTACT -> (of.text("firstname") + " " + of.text("lastname")).strip();
            case COMPANY -> of.text("name");
            case DEAL -> of.text("dealname");
            case LEAD -> of.text("hs_lead_name");
            case EMAIL -> of.text("hs_email_subject");
        };
        return title.isEmpty() ? (of.text("email").isEmpty() ? singular + " " + of.id() : of.text("email")) : title;
    }
}
