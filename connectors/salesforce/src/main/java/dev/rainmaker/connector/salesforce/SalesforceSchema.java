package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.StreamDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the org has, as far as this connection's user may see it. Descriptions are asked for once per connection. */
final class SalesforceSchema {

    /** Objects described in full by discover, beside custom ones; an org has hundreds, and each costs a call. */
    private static final Set<String> CRM = Set.of(
            "Account", "Contact", "Lead", "Opportunity", "Campaign", "CampaignMember", "User", "OpportunityLineItem");

    private static final int MOST_CUSTOM = 25;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SalesforceSettings settings;
    private final SalesforceClient client;
    private final SalesforceFaults faults;
    private final Map<String, Optional<ObjectSchema>> known = new ConcurrentHashMap<>();

    SalesforceSchema(SalesforceSettings settings, SalesforceClient client, SalesforceFaults faults) {
        this.settings = settings;
        this.client = client;
        this.faults = faults;
    }

    /** Asks again at the next need: a check is made because something may have changed. */
    void forget() {
        known.clear();
    }

    /** Empty where the object does not exist or the user may not see it. */
    Optional<ObjectSchema> find(String object) {
        Optional<ObjectSchema> cached = known.get(object);
        if (cached != null) {
            return cached;
        }
        if (!Soql.isObject(object)) {
            return Optional.empty();
        }
        String doing = "the description of " + object;
        Answer answer = client.get(CallPurpose.OTHER, base() + "/" + object + "/describe", doing);
        boolean missing =
                answer.status() == 404 || Set.of("NOT_FOUND", "INVALID_TYPE").contains(answer.code());
        Optional<ObjectSchema> schema = missing ? Optional.empty() : Optional.of(ObjectSchema.of(tree(answer, doing)));
        known.put(object, schema);
        return schema;
    }

    /** All objects that can be read; those of a CRM and custom ones with their fields, the others without. */
    List<StreamDescription> discover() {
        String doing = "the list of objects";
        JsonNode all = tree(client.get(CallPurpose.OTHER, base(), doing), doing);
        Map<String, StreamDescription> streams = new LinkedHashMap<>();
        int custom = 0;
        for (JsonNode object : all.path("sobjects")) {
            String name = object.path("name").asText();
            if (!object.path("queryable").asBoolean(true) || !Soql.isObject(name)) {
                continue;
            }
            boolean ours = name.endsWith("__c") && custom++ < MOST_CUSTOM;
            StreamDescription bare =
                    new StreamDescription(name, object.path("label").asText(name), List.of());
            streams.put(
                    name,
                    CRM.contains(name) || ours
                            ? find(name).map(ObjectSchema::described).orElse(bare)
                            : bare);
        }
        return new ArrayList<>(streams.values());
    }

    private String base() {
        return "/services/data/v" + settings.apiVersion() + "/sobjects";
    }

    private JsonNode tree(Answer answer, String doing) {
        if (!answer.succeeded()) {
            throw faults.of(answer, doing);
        }
        try {
            JsonNode tree = JSON.readTree(answer.body());
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (IOException damaged) {
            // Said below, without the text around it.
        }
        throw faults.retryable(Duration.ZERO, doing + " was answered with a body that is cut short or damaged", null);
    }
}
