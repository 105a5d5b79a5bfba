package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Searches for what changed since an instant so that nothing is missed however much it is: each page asks for the objects
 * behind the last one's id, in the order of ids. HubSpot refuses to page past 10,000 results; no page here has more before
 * it than none, also where more than 10,000 objects changed in the same millisecond, and objects that change while pages
 * are read do not move others from page to page.
 */
public final class HubspotChanges {

    /** The property that orders objects and never changes. */
    public static final String ID = "hs_object_id";

    private HubspotChanges() {}

    /** When an object of this type was last changed: contacts have a name of their own for it. */
    public static String modifiedProperty(String objectType) {
        return Set.of("contacts", "contact", "0-1").contains(objectType) ? "lastmodifieddate" : "hs_lastmodifieddate";
    }

    /**
     * The search for one page.
     *
     * @param property a date property, of the objects' last change for example
     * @param since the earliest value of interest
     * @param behind the last id of the page before, null for the first page
     */
    public static ObjectNode search(String property, Instant since, String behind, List<String> properties, int limit) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ObjectNode group = request.putArray("filterGroups").addObject();
        var filters = group.putArray("filters");
        filters.addObject()
                .put("propertyName", property)
                .put("operator", "GTE")
                .put("value", String.valueOf(since.toEpochMilli()));
        if (behind != null) {
            filters.addObject().put("propertyName", ID).put("operator", "GT").put("value", behind);
        }
        request.putArray("sorts").addObject().put("propertyName", ID).put("direction", "ASCENDING");
        var wanted = request.putArray("properties");
        properties.forEach(wanted::add);
        return request.put("limit", limit).put("after", "0");
    }

    /** Whether more pages follow: the absence of a next page is the end, a short page is not. */
    public static boolean hasMore(JsonNode page) {
        return !page.path("paging").path("next").path("after").asText().isEmpty();
    }

    /** The highest id of a page, null where it is empty. */
    public static String lastId(JsonNode page) {
        JsonNode results = page.path("results");
        return results.isEmpty()
                ? null
                : results.get(results.size() - 1).path("id").asText();
    }
}
