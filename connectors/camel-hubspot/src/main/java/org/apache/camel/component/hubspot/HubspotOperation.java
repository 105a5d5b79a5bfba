package org.apache.camel.component.hubspot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything the producer can do: the resource and operation of the URI, and the call each generation has for it. */
public enum HubspotOperation {
    OBJECTS_LIST(
            "objects/list", "GET", "/crm/objects/2026-09/{objectType}", "/crm/v3/objects/{objectType}", Shape.LIST),
    OBJECTS_GET(
            "objects/get",
            "GET",
            "/crm/objects/2026-09/{objectType}/{objectId}",
            "/crm/v3/objects/{objectType}/{objectId}",
            Shape.ONE),
    OBJECTS_CREATE(
            "objects/create",
            "POST",
            "/crm/objects/2026-09/{objectType}",
            "/crm/v3/objects/{objectType}",
            Shape.CREATE),
    OBJECTS_UPDATE(
            "objects/update",
            "PATCH",
            "/crm/objects/2026-09/{objectType}/{objectId}",
            "/crm/v3/objects/{objectType}/{objectId}",
            Shape.PROPERTIES),
    OBJECTS_ARCHIVE(
            "objects/archive",
            "DELETE",
            "/crm/objects/2026-09/{objectType}/{objectId}",
            "/crm/v3/objects/{objectType}/{objectId}",
            Shape.NONE),
    OBJECTS_SEARCH(
            "objects/search",
            "POST",
            "/crm/objects/2026-09/{objectType}/search",
            "/crm/v3/objects/{objectType}/search",
            Shape.SEARCH),
    OBJECTS_BATCH_READ(
            "objects/batchRead",
            "POST",
            "/crm/objects/2026-09/{objectType}/batch/read",
            "/crm/v3/objects/{objectType}/batch/read",
            Shape.READ_INPUTS),
    OBJECTS_BATCH_CREATE(
            "objects/batchCreate",
            "POST",
            "/crm/objects/2026-09/{objectType}/batch/create",
            "/crm/v3/objects/{objectType}/batch/create",
            Shape.CREATE_INPUTS),
    OBJECTS_BATCH_UPDATE(
            "objects/batchUpdate",
            "POST",
            "/crm/objects/2026-09/{objectType}/batch/update",
            "/crm/v3/objects/{objectType}/batch/update",
            Shape.INPUTS),
    OBJECTS_BATCH_UPSERT(
            "objects/batchUpsert",
            "POST",
            "/crm/objects/2026-09/{objectType}/batch/upsert",
            "/crm/v3/objects/{objectType}/batch/upsert",
            Shape.UPSERT_INPUTS),
    OBJECTS_BATCH_ARCHIVE(
            "objects/batchArchive",
            "POST",
            "/crm/objects/2026-09/{objectType}/batch/archive",
            "/crm/v3/objects/{objectType}/batch/archive",
            Shape.INPUTS),
    ASSOCIATIONS_LIST(
            "associations/list",
            "GET",
            "/crm/objects/2026-09/{objectType}/{objectId}/associations/{toObjectType}",
            "/crm/v4/objects/{objectType}/{objectId}/associations/{toObjectType}",
            Shape.LIST),
    ASSOCIATIONS_BATCH_READ(
            "associations/batchRead",
            "POST",
            "/crm/associations/2026-09/{objectType}/{toObjectType}/batch/read",
            "/crm/v4/associations/{objectType}/{toObjectType}/batch/read",
            Shape.INPUTS),
    ASSOCIATIONS_BATCH_CREATE(
            "associations/batchCreate",
            "POST",
            "/crm/associations/2026-09/{objectType}/{toObjectType}/batch/create",
            "/crm/v4/associations/{objectType}/{toObjectType}/batch/create",
            Shape.INPUTS),
    ASSOCIATIONS_BATCH_ARCHIVE(
            "associations/batchArchive",
            "POST",
            "/crm/associations/2026-09/{objectType}/{toObjectType}/batch/archive",
            "/crm/v4/associations/{objectType}/{toObjectType}/batch/archive",
            Shape.INPUTS),
    ASSOCIATIONS_LABELS(
            "associations/labels",
            "GET",
            "/crm/associations/2026-09/{objectType}/{toObjectType}/labels",
            "/crm/associations/v4/{objectType}/{toObjectType}/labels",
            Shape.LIST),
    PROPERTIES_LIST(
            "properties/list",
            "GET",
            "/crm/properties/2026-09/{objectType}",
            "/crm/v3/properties/{objectType}",
            Shape.LIST),
    PROPERTIES_GET(
            "properties/get",
            "GET",
            "/crm/properties/2026-09/{objectType}/{objectId}",
            "/crm/v3/properties/{objectType}/{objectId}",
            Shape.ONE),
    PROPERTIES_CREATE(
            "properties/create",
            "POST",
            "/crm/properties/2026-09/{objectType}",
            "/crm/v3/properties/{objectType}",
            Shape.BODY),
    PROPERTIES_UPDATE(
            "properties/update",
            "PATCH",
            "/crm/properties/2026-09/{objectType}/{objectId}",
            "/crm/v3/properties/{objectType}/{objectId}",
            Shape.BODY),
    PROPERTIES_ARCHIVE(
            "properties/archive",
            "DELETE",
            "/crm/properties/2026-09/{objectType}/{objectId}",
            "/crm/v3/properties/{objectType}/{objectId}",
            Shape.NONE),
    PROPERTIES_BATCH_CREATE(
            "properties/batchCreate",
            "POST",
            "/crm/properties/2026-09/{objectType}/batch/create",
            "/crm/v3/properties/{objectType}/batch/create",
            Shape.INPUTS),
    PROPERTIES_GROUPS(
            "properties/groups",
            "GET",
            "/crm/properties/2026-09/{objectType}/groups",
            "/crm/v3/properties/{objectType}/groups",
            Shape.LIST),
    PROPERTIES_CREATE_GROUP(
            "properties/createGroup",
            "POST",
            "/crm/properties/2026-09/{objectType}/groups",
            "/crm/v3/properties/{objectType}/groups",
            Shape.BODY),
    OWNERS_LIST("owners/list", "GET", "/crm/owners/2026-09", "/crm/v3/owners", Shape.LIST),
    OWNERS_GET("owners/get", "GET", "/crm/owners/2026-09/{objectId}", "/crm/v3/owners/{objectId}", Shape.ONE),
    MARKETING_EVENTS_LIST(
            "marketingEvents/list",
            "GET",
            "/marketing/marketing-events/2026-09",
            "/marketing/marketing-events/v3",
            Shape.LIST),
    MARKETING_EVENTS_GET(
            "marketingEvents/get",
            "GET",
            "/marketing/marketing-events/2026-09/{objectId}",
            "/marketing/v3/marketing-events/{objectId}",
            Shape.ONE),
    MARKETING_EVENTS_PARTICIPATIONS(
            "marketingEvents/participations",
            "GET",
            "/marketing/marketing-events/2026-09/participations/{objectId}/breakdown",
            "/marketing/v3/marketing-events/participations/{objectId}/breakdown",
            Shape.LIST),
    MARKETING_EVENTS_UPSERT(
            "marketingEvents/upsert",
            "POST",
            "/marketing/marketing-events/2026-09/events/upsert",
            "/marketing/v3/marketing-events/events/upsert",
            Shape.INPUTS),
    FORMS_LIST("forms/list", "GET", "/marketing/forms/2026-09-beta", "/marketing/v3/forms", Shape.LIST),
    FORMS_GET(
            "forms/get",
            "GET",
            "/marketing/forms/2026-09-beta/{objectId}",
            "/marketing/v3/forms/{objectId}",
            Shape.ONE),
    /** The one source of single submissions; it exists in the first generation only. */
    FORMS_SUBMISSIONS(
            "forms/submissions",
            "GET",
            "/form-integrations/v1/submissions/forms/{objectId}",
            "/form-integrations/v1/submissions/forms/{objectId}",
            Shape.LIST);

    /** How the request's body and query come about. */
    enum Shape {
        /** No body; filters and paging in the query. */
        LIST,
        /** No body, no paging. */
        ONE,
        /** Nothing but the path. */
        NONE,
        /** The message's body as it is. */
        BODY,
        /** {@code {"properties": ...}} around a map. */
        PROPERTIES,
        /** {@code {"properties": ..., "associations": []}} around a map. */
        CREATE,
        /** A search; a body that is absent is made from the options. */
        SEARCH,
        /** {@code {"inputs": [...]}} around a list. */
        INPUTS,
        /** The same, each input with {@code associations}. */
        CREATE_INPUTS,
        /** The same, each input with {@code idProperty}. */
        UPSERT_INPUTS,
        /** The same around a list of ids, with the properties wanted. */
        READ_INPUTS
    }

    private final String word;
    private final String method;
    private final String dated;
    private final String numbered;
    private final Shape shape;

    HubspotOperation(String word, String method, String dated, String numbered, Shape shape) {
        this.word = word;
        this.method = method;
        this.dated = dated;
        this.numbered = numbered;
        this.shape = shape;
    }

    /** Resource and operation as the URI has them: {@code objects/list}. */
    public String word() {
        return word;
    }

    public String method() {
        return method;
    }

    /** The path in a generation, parameters in braces. */
    public String path(HubspotApi api) {
        return api == HubspotApi.V2026_09 ? dated : numbered;
    }

    Shape shape() {
        return shape;
    }

    /** Whether repeating the call changes nothing more than making it once. */
    public boolean isRead() {
        return method.equals("GET")
                || this == OBJECTS_SEARCH
                || this == OBJECTS_BATCH_READ
                || this == ASSOCIATIONS_BATCH_READ;
    }

    boolean isSearch() {
        return this == OBJECTS_SEARCH;
    }

    /** The names in braces of its path. */
    List<String> parameters(HubspotApi api) {
        List<String> names = new ArrayList<>();
        String path = path(api);
        for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', open + 1)) {
            names.add(path.substring(open + 1, path.indexOf('}', open)));
        }
        return names;
    }

    /** @throws IllegalArgumentException naming the operations that exist */
    public static HubspotOperation of(String resource, String operation) {
        String wanted = resource + "/" + operation;
        return Arrays.stream(values())
                .filter(each -> each.word.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("hubspot:" + wanted + " does not exist; there are "
                        + Arrays.stream(values()).map(HubspotOperation::word).toList()));
    }
}
