package dev.rainmaker.sandbox.hubspot.portal;

/**
 * Who changes records.
 *
 * @param type as webhooks and histories call it
 * @param id of the app or the person
 */
public record Source(String type, String id) {

    /** A person in the browser. */
    public static final Source PERSON = new Source("CRM_UI", "userId:501");

    /** A visitor who fills in a form. */
    public static final Source FORM = new Source("FORM", "form");

    /** What was there before any client came. */
    public static final Source IMPORT = new Source("IMPORT", "import");

    /** A client of the API. */
    public static Source integration(String appId) {
        return new Source("INTEGRATION", appId);
    }
}
