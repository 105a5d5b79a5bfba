package dev.rainmaker.sandbox.salesforce.record;

/** Records every org of this sandbox has, with ids that never change. */
public final class SalesforceOrgId {

    /** Characters 4 to 6 of the ids this org gives out. */
    static final String INSTANCE = "RM0";

    /** The Organization record. */
    public static final String ORGANIZATION = SalesforceId.of("00D", INSTANCE, 1);

    /** The user integrations run as. */
    public static final String INTEGRATION_USER = SalesforceId.of("005", INSTANCE, 1);

    /** A person who works in the CRM. */
    public static final String PERSON_USER = SalesforceId.of("005", INSTANCE, 2);

    /** The user behind web forms. */
    public static final String WEB_USER = SalesforceId.of("005", INSTANCE, 3);

    /** Where the active lead assignment rule sends every lead. */
    public static final String LEAD_QUEUE = SalesforceId.of("00G", INSTANCE, 1);

    /** The active lead assignment rule. */
    public static final String LEAD_RULE = SalesforceId.of("01Q", INSTANCE, 1);

    private SalesforceOrgId() {}
}
