package org.apache.camel.component.hubspot;

import org.apache.camel.spi.Metadata;

/** Headers of messages to and from HubSpot. */
public final class HubspotConstants {

    @Metadata(description = "Object type of the call; overrides the option", javaType = "String")
    public static final String OBJECT_TYPE = "CamelHubspotObjectType";

    @Metadata(
            description =
                    "Id in the path: of an object, property, owner, marketing event or form; overrides the option",
            javaType = "String")
    public static final String OBJECT_ID = "CamelHubspotObjectId";

    @Metadata(description = "The other object type of an association; overrides the option", javaType = "String")
    public static final String TO_OBJECT_TYPE = "CamelHubspotToObjectType";

    @Metadata(
            description = "Before the call: where to go on (the value of a previous NextAfter); overrides the option",
            javaType = "String")
    public static final String AFTER = "CamelHubspotAfter";

    @Metadata(
            description = "Before the call: how many results a page may have; overrides the option",
            javaType = "Integer")
    public static final String LIMIT = "CamelHubspotLimit";

    @Metadata(
            description = "Before the call: properties wanted, separated by commas; overrides the option",
            javaType = "String")
    public static final String PROPERTIES = "CamelHubspotProperties";

    @Metadata(
            description = "Before the call: whether archived records are wanted; overrides the option",
            javaType = "Boolean")
    public static final String ARCHIVED = "CamelHubspotArchived";

    @Metadata(description = "After the call: where the next page begins; absent at the end", javaType = "String")
    public static final String NEXT_AFTER = "CamelHubspotNextAfter";

    @Metadata(description = "After a search: how many records match", javaType = "Long")
    public static final String TOTAL = "CamelHubspotTotal";

    @Metadata(description = "After the call: the HTTP status; 207 means that some inputs failed", javaType = "Integer")
    public static final String STATUS = "CamelHubspotStatus";

    @Metadata(
            description = "After the call: the server's time as it said it in the header Date",
            javaType = "java.time.Instant")
    public static final String SERVER_TIME = "CamelHubspotServerTime";

    @Metadata(
            description = "Consumer: what happened, such as contact.propertyChange (webhooks) or change (polling)",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelHubspotEventType";

    @Metadata(description = "Webhook consumer: when it happened", javaType = "java.time.Instant")
    public static final String OCCURRED_AT = "CamelHubspotOccurredAt";

    private HubspotConstants() {}
}
