package dev.rainmaker.sandbox.hubspot.portal;

import static dev.rainmaker.sandbox.hubspot.portal.ObjectKind.COMPANY;
import static dev.rainmaker.sandbox.hubspot.portal.ObjectKind.CONTACT;
import static dev.rainmaker.sandbox.hubspot.portal.ObjectKind.DEAL;
import static dev.rainmaker.sandbox.hubspot.portal.ObjectKind.EMAIL;
import static dev.rainmaker.sandbox.hubspot.portal.ObjectKind.LEAD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.state.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The types of associations: the vendor's own, and labels that users define. Ids of types are directional. */
public final class AssociationTypes {

    private static final String COLLECTION = "association-labels";
    private static final int FIRST_OWN = 37;

    private final Shelf shelf;
    private final List<AssociationType> types = new ArrayList<>();

    AssociationTypes(Shelf shelf) {
        this.shelf = shelf;
        both(CONTACT, COMPANY, 279, 280, "");
        both(CONTACT, COMPANY, 1, 2, "Primary");
        both(DEAL, CONTACT, 3, 4, "");
        both(DEAL, COMPANY, 341, 342, "");
        both(DEAL, COMPANY, 5, 6, "Primary");
        both(EMAIL, CONTACT, 198, 197, "");
        both(EMAIL, COMPANY, 186, 185, "");
        both(EMAIL, DEAL, 210, 209, "");
        both(LEAD, CONTACT, 608, 607, "");
        both(LEAD, CONTACT, 578, 579, "Primary");
        both(LEAD, COMPANY, 610, 609, "");
        both(LEAD, COMPANY, 580, 581, "Primary");
        both(COMPANY, COMPANY, 14, 13, "Parent Company");
        types.add(new AssociationType(CONTACT, CONTACT, AssociationType.VENDORS, 449, 449, ""));
        types.add(new AssociationType(COMPANY, COMPANY, AssociationType.VENDORS, 450, 450, ""));
        types.add(new AssociationType(DEAL, DEAL, AssociationType.VENDORS, 451, 451, ""));
        shelf.all(COLLECTION).values().forEach(this::read);
    }

    private void both(ObjectKind from, ObjectKind to, int typeId, int inverse, String label) {
        types.add(new AssociationType(from, to, AssociationType.VENDORS, typeId, inverse, label));
        types.add(new AssociationType(to, from, AssociationType.VENDORS, inverse, typeId, label));
    }

    private void read(JsonNode own) {
        ObjectKind from = ObjectKind.valueOf(own.path("from").asText());
        ObjectKind to = ObjectKind.valueOf(own.path("to").asText());
        int id = own.path("typeId").asInt();
        types.add(new AssociationType(
                from, to, "USER_DEFINED", id, id + 1, own.path("label").asText()));
        types.add(new AssociationType(
                to, from, "USER_DEFINED", id + 1, id, own.path("inverse").asText()));
    }

    /** A label of the user's own, with its other direction. */
    public synchronized List<AssociationType> define(ObjectKind from, ObjectKind to, String label, String inverse)
            throws PortalRefused {
        if (between(from, to).stream().anyMatch(type -> type.label().equals(label))) {
            throw PortalRefused.invalid("An association label '" + label + "' exists already");
        }
        int id = FIRST_OWN + 2 * shelf.size(COLLECTION);
        JsonNode own = Shelf.object()
                .put("from", from.name())
                .put("to", to.name())
                .put("typeId", id)
                .put("label", label)
                .put("inverse", inverse);
        shelf.put(COLLECTION, String.valueOf(id), own);
        read(own);
        return types.subList(types.size() - 2, types.size()).stream()
                .filter(type -> type.from() == from && type.typeId() == id || type.typeId() == id + 1)
                .toList();
    }

    public synchronized List<AssociationType> between(ObjectKind from, ObjectKind to) {
        return types.stream()
                .filter(type -> type.from() == from && type.to() == to)
                .toList();
    }

    /** The plain link between two kinds. */
    public AssociationType plain(ObjectKind from, ObjectKind to) throws PortalRefused {
        return between(from, to).stream()
                .filter(AssociationType::plain)
                .findFirst()
                .orElseThrow(
                        () -> PortalRefused.invalid("No associations from " + from.typeId() + " to " + to.typeId()));
    }

    public AssociationType required(ObjectKind from, ObjectKind to, String category, int typeId) throws PortalRefused {
        return between(from, to).stream()
                .filter(type -> type.typeId() == typeId && type.category().equals(category))
                .findFirst()
                .orElseThrow(() -> new PortalRefused(
                        400,
                        "VALIDATION_ERROR",
                        "",
                        "No valid association types found for " + category + " " + typeId + " from " + from.typeId()
                                + " to " + to.typeId(),
                        Map.of()));
    }
}
