package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * Gives each object that changed, once per change. Every poll reaches back by the overlap, because HubSpot's search finds
 * changes late; what was given before is recognised by id and time of change. Where it stands is held in memory: after a
 * restart it begins at the option since.
 */
final class HubspotPollingConsumer extends ScheduledPollConsumer {

    private static final int PAGE = 200;

    private final HubspotEndpoint endpoint;
    private HubspotClient client;
    private Instant from;

    HubspotPollingConsumer(HubspotEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        if (endpoint.getObjectType() == null) {
            throw new IllegalArgumentException("hubspot:objects/poll needs the option objectType");
        }
        client = endpoint.client();
        from = endpoint.getSince() == null
                ? endpoint.getComponent().clock().instant()
                : Instant.parse(endpoint.getSince());
        super.doStart();
    }

    @Override
    protected int poll() throws Exception {
        Instant started = null;
        String behind = null;
        int given = 0;
        boolean whole = true;
        while (true) {
            HubspotResponse page = page(behind);
            started = started == null ? page.serverTime() : started;
            for (JsonNode object : page.json().path("results")) {
                Boolean done = give(object);
                given += done == null ? 0 : 1;
                whole &= done == null || done;
            }
            behind = HubspotChanges.lastId(page.json());
            if (!HubspotChanges.hasMore(page.json()) || behind == null) {
                break;
            }
        }
        if (whole && started != null) {
            Instant next = started.minusMillis(endpoint.getOverlap());
            from = next.isAfter(from) ? next : from;
        }
        return given;
    }

    private HubspotResponse page(String behind) throws InterruptedException {
        String type = endpoint.getObjectType();
        String modified = HubspotChanges.modifiedProperty(type);
        List<String> properties = new ArrayList<>(RequestBodies.words(endpoint.getProperties()));
        if (!properties.contains(modified)) {
            properties.add(modified);
        }
        return client.send(new HubspotRequest(
                HubspotOperation.OBJECTS_SEARCH,
                Map.of("objectType", type),
                Map.of(),
                HubspotChanges.search(modified, from, behind, properties, PAGE),
                endpoint.getReservedPercent()));
    }

    /** Null where the object was given before, else whether the route took it. */
    private Boolean give(JsonNode object) {
        IdempotentRepository known = endpoint.repository();
        String modified = HubspotChanges.modifiedProperty(endpoint.getObjectType());
        String stamp = object.path("properties")
                .path(modified)
                .asText(object.path("updatedAt").asText());
        String key = endpoint.getObjectType() + "/" + object.path("id").asText() + "@" + stamp;
        if (!known.add(key)) {
            return null;
        }
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(object);
        exchange.getMessage().setHeader(HubspotConstants.OBJECT_TYPE, endpoint.getObjectType());
        exchange.getMessage()
                .setHeader(HubspotConstants.OBJECT_ID, object.path("id").asText());
        exchange.getMessage().setHeader(HubspotConstants.EVENT_TYPE, "change");
        try {
            getProcessor().process(exchange);
        } catch (Exception failed) {
            exchange.setException(failed);
        }
        Exception failed = exchange.getException();
        releaseExchange(exchange, false);
        if (failed != null) {
            known.remove(key);
            getExceptionHandler().handleException("an object was not processed; the next poll gives it again", failed);
            return false;
        }
        known.confirm(key);
        return true;
    }
}
