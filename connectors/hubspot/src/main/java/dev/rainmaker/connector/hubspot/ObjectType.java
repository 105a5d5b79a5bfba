package dev.rainmaker.connector.hubspot;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The CRM objects that are streams, and the properties that lead from them to others. */
enum ObjectType {
    CONTACTS("contacts", "Contacts", "0-1", "contact", Map.of("company", "associatedcompanyid")),
    COMPANIES("companies", "Companies", "0-2", "company", Map.of("parent", "hs_parent_company_id")),
    DEALS("deals", "Deals", "0-3", "deal", Map.of("company", "hs_primary_associated_company")),
    LEADS(
            "leads",
            "Leads",
            "0-136",
            "lead",
            Map.of("company", "hs_primary_company_id", "contact", "hs_primary_contact_id"));

    private final String stream;
    private final String label;
    private final String typeId;
    private final String event;
    private final Map<String, String> lookups;

    ObjectType(String stream, String label, String typeId, String event, Map<String, String> lookups) {
        this.stream = stream;
        this.label = label;
        this.typeId = typeId;
        this.event = event;
        this.lookups = lookups;
    }

    String stream() {
        return stream;
    }

    String label() {
        return label;
    }

    /** As it appears in addresses of record pages and in events of {@code object.*}. */
    String typeId() {
        return typeId;
    }

    /** The property whose value is the id of a related record, by the word that paths begin with. */
    @Nullable
    String lookup(String word) {
        return lookups.get(word);
    }

    static Optional<ObjectType> ofStream(String stream) {
        return Arrays.stream(values())
                .filter(type -> type.stream.equals(stream))
                .findFirst();
    }

    /** By what comes before the dot in a subscription type ({@code contact.creation}), or by type id. */
    static Optional<ObjectType> ofEvent(String word) {
        return Arrays.stream(values())
                .filter(type -> type.event.equalsIgnoreCase(word) || type.typeId.equals(word))
                .findFirst();
    }
}
