package org.apache.camel.component.hubspot;

import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.webhook.WebhookCapableEndpoint;
import org.apache.camel.component.webhook.WebhookConfiguration;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Read and write HubSpot's CRM objects, associations, properties, owners, marketing events and forms; follow changes by
 * polling or by webhook.
 */
@UriEndpoint(
        firstVersion = "4.17.0",
        scheme = "hubspot",
        title = "HubSpot",
        syntax = "hubspot:resource/operation",
        category = {Category.CLOUD, Category.API},
        headersClass = HubspotConstants.class)
public class HubspotEndpoint extends ScheduledPollEndpoint implements WebhookCapableEndpoint {

    static final String POLL = "objects/poll";
    static final String WEBHOOK = "webhook/events";

    @UriPath(
            enums = "objects,associations,properties,owners,marketingEvents,forms,webhook",
            description = "What it is about.")
    @Metadata(required = true)
    private String resource;

    @UriPath(
            description =
                    "What to do. objects: list, get, create, update, archive, search, batchRead, batchCreate, batchUpdate,"
                            + " batchUpsert, batchArchive, poll (consumer). associations: list, batchRead, batchCreate, batchArchive,"
                            + " labels. properties: list, get, create, update, archive, batchCreate, groups, createGroup. owners: list,"
                            + " get. marketingEvents: list, get, participations, upsert. forms: list, get, submissions. webhook: events"
                            + " (consumer).")
    @Metadata(required = true)
    private String operation;

    @UriParam
    private HubspotConfiguration configuration;

    @UriParam(description = "Object type: contacts, companies, deals, leads, or an id such as 0-3 or 2-123456.")
    private String objectType;

    @UriParam(
            label = "producer",
            description = "Id in the path: of an object, property, owner, marketing event or form.")
    private String objectId;

    @UriParam(label = "producer", description = "The other object type of an association.")
    private String toObjectType;

    @UriParam(description = "Properties wanted, separated by commas. Without it HubSpot gives its default ones.")
    private String properties;

    @UriParam(label = "producer", description = "Properties wanted with their former values, separated by commas.")
    private String propertiesWithHistory;

    @UriParam(
            label = "producer",
            description = "Object types whose associations come along (list and get), separated by commas.")
    private String associations;

    @UriParam(
            description = "Results per page. HubSpot's maximum is 100 for lists, 200 for searches.",
            defaultValue = "100")
    private int limit = 100;

    @UriParam(label = "producer", description = "Where to go on: the header NextAfter of the page before.")
    private String after;

    @UriParam(label = "producer", description = "Whether archived records are wanted instead of the others.")
    private boolean archived;

    @UriParam(
            label = "producer",
            description = "Unique property by which batchRead and batchUpsert know records; without it by their id.")
    private String idProperty;

    @UriParam(
            label = "producer",
            description = "State of participations wanted: REGISTERED, CANCELLED, ATTENDED, NO_SHOW.")
    private String state;

    @UriParam(
            label = "producer",
            description = "Whether the body of the answer is a byte[] as received instead of a JsonNode.")
    private boolean rawPayload;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "0",
            description =
                    "Percentage of the rate limit that calls of this endpoint leave to others, so that a bulk read does not"
                            + " hold up writes.")
    private int reservedPercent;

    @UriParam(
            label = "consumer",
            defaultValue = "120000",
            description = "How far each poll reaches back: HubSpot's search finds changes late.",
            javaType = "java.time.Duration")
    private long overlap = 120_000;

    @UriParam(
            label = "consumer",
            description = "Instant (ISO 8601) from which polling starts; without it, when the consumer starts.")
    private String since;

    @UriParam(
            label = "consumer,advanced",
            description = "Recognises what came before, so that it is not processed again. In memory by default.")
    private IdempotentRepository idempotentRepository;

    public HubspotEndpoint() {}

    public HubspotEndpoint(String uri, HubspotComponent component, HubspotConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    String word() {
        return resource + "/" + operation;
    }

    /** @throws IllegalArgumentException if there is no such operation or an option is out of range */
    void check() {
        if (!word().equals(POLL) && !word().equals(WEBHOOK)) {
            HubspotOperation.of(resource, operation);
        }
        if (reservedPercent < 0 || reservedPercent > 99) {
            throw new IllegalArgumentException("reservedPercent must be 0 to 99, not " + reservedPercent);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
    }

    @Override
    public Producer createProducer() {
        return new HubspotProducer(this, HubspotOperation.of(resource, operation));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (word().equals(WEBHOOK)) {
            throw new IllegalArgumentException(
                    "hubspot:webhook/events needs an HTTP server: consume from webhook:hubspot:webhook/events");
        }
        if (!word().equals(POLL)) {
            throw new IllegalArgumentException("there is nothing to consume from hubspot:" + word()
                    + "; consume from hubspot:objects/poll or webhook:hubspot:webhook/events");
        }
        HubspotPollingConsumer consumer = new HubspotPollingConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Processor createWebhookHandler(Processor next) {
        if (!word().equals(WEBHOOK)) {
            throw new IllegalArgumentException("webhooks come from hubspot:webhook/events, not from hubspot:" + word());
        }
        return new HubspotWebhookHandler(this, next);
    }

    /** Subscriptions and the address to call are part of the app at HubSpot: nothing is registered from here. */
    @Override
    public void registerWebhook() {}

    @Override
    public void unregisterWebhook() {}

    @Override
    public void setWebhookConfiguration(WebhookConfiguration webhookConfiguration) {
        // the public address is this endpoint's own option: the one of the webhook component knows no query
    }

    @Override
    public List<String> getWebhookMethods() {
        return List.of("POST");
    }

    @Override
    public HubspotComponent getComponent() {
        return (HubspotComponent) super.getComponent();
    }

    HubspotClient client() {
        return getComponent().client(configuration);
    }

    IdempotentRepository repository() {
        if (idempotentRepository == null) {
            idempotentRepository = MemoryIdempotentRepository.memoryIdempotentRepository(10_000);
        }
        return idempotentRepository;
    }

    public String getResource() {
        return resource;
    }

    public void setResource(String resource) {
        this.resource = resource;
    }

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }

    public HubspotConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(HubspotConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getObjectType() {
        return objectType;
    }

    public void setObjectType(String objectType) {
        this.objectType = objectType;
    }

    public String getObjectId() {
        return objectId;
    }

    public void setObjectId(String objectId) {
        this.objectId = objectId;
    }

    public String getToObjectType() {
        return toObjectType;
    }

    public void setToObjectType(String toObjectType) {
        this.toObjectType = toObjectType;
    }

    public String getProperties() {
        return properties;
    }

    public void setProperties(String properties) {
        this.properties = properties;
    }

    public String getPropertiesWithHistory() {
        return propertiesWithHistory;
    }

    public void setPropertiesWithHistory(String propertiesWithHistory) {
        this.propertiesWithHistory = propertiesWithHistory;
    }

    public String getAssociations() {
        return associations;
    }

    public void setAssociations(String associations) {
        this.associations = associations;
    }

    public int getLimit() {
        return limit;
    }

    public void setLimit(int limit) {
        this.limit = limit;
    }

    public String getAfter() {
        return after;
    }

    public void setAfter(String after) {
        this.after = after;
    }

    public boolean isArchived() {
        return archived;
    }

    public void setArchived(boolean archived) {
        this.archived = archived;
    }

    public String getIdProperty() {
        return idProperty;
    }

    public void setIdProperty(String idProperty) {
        this.idProperty = idProperty;
    }

    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }

    public boolean isRawPayload() {
        return rawPayload;
    }

    public void setRawPayload(boolean rawPayload) {
        this.rawPayload = rawPayload;
    }

    public int getReservedPercent() {
        return reservedPercent;
    }

    public void setReservedPercent(int reservedPercent) {
        this.reservedPercent = reservedPercent;
    }

    public long getOverlap() {
        return overlap;
    }

    public void setOverlap(long overlap) {
        this.overlap = overlap;
    }

    public String getSince() {
        return since;
    }

    public void setSince(String since) {
        this.since = since;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }
}
