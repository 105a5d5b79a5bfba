package dev.rainmaker.sandbox.hubspot.portal;

/**
 * A kind of link from one record to another.
 *
 * @param inverse type id of the same link seen from the other end
 * @param label empty for the plain link
 */
public record AssociationType(ObjectKind from, ObjectKind to, String category, int typeId, int inverse, String label) {

    static final String VENDORS = "HUBSPOT_DEFINED";

    public boolean primary() {
        return label.equals("Primary");
    }

    public boolean plain() {
        return label.isEmpty();
    }
}
