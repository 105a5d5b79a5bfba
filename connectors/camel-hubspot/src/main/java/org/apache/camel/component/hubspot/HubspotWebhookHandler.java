package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes HubSpot's webhooks: each event of a request goes on as one message, its body the event. A forged request is answered
 * 401 without a body and nothing of it goes on. An event that came before is left out. Where the route fails the answer is
 * 503, so that HubSpot sends again what was not done; what was done is recognised then.
 */
final class HubspotWebhookHandler implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(HubspotWebhookHandler.class);
    private static final int MOST_BYTES = 1 << 20;

    private final HubspotEndpoint endpoint;
    private final Processor next;
    private final List<String> secrets;

    HubspotWebhookHandler(HubspotEndpoint endpoint, Processor next) {
        this.endpoint = endpoint;
        this.next = next;
        this.secrets = Stream.of(
                        endpoint.getConfiguration().getClientSecret(),
                        endpoint.getConfiguration().getPreviousClientSecret())
                .filter(secret -> secret != null && !secret.isBlank())
                .toList();
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("webhooks need the option clientSecret to be checked with");
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message request = exchange.getMessage();
        byte[] body = request.getBody(byte[].class);
        body = body == null ? new byte[0] : body;
        Optional<String> refusal = body.length > MOST_BYTES
                ? Optional.of("it is larger than " + MOST_BYTES + " bytes")
                : HubspotSignature.refusal(
                        secrets,
                        request.getHeader(Exchange.HTTP_METHOD, "POST", String.class),
                        calledAddress(request),
                        body,
                        header(request, HubspotSignature.HEADER),
                        header(request, HubspotSignature.TIMESTAMP_HEADER),
                        endpoint.getComponent().clock().instant());
        if (refusal.isPresent()) {
            LOG.warn("a webhook was refused: {}", refusal.get());
            answer(exchange, 401);
            return;
        }
        List<JsonNode> events = events(body);
        if (events == null) {
            LOG.warn("a webhook with a good signature is not the JSON that was expected");
            answer(exchange, 400);
            return;
        }
        boolean done = true;
        for (JsonNode event : events) {
            done &= take(exchange, event);
        }
        answer(exchange, done ? 204 : 503);
    }

    private static String header(Message request, String name) {
        return request.getHeader(name, String.class); // Camel's headers know no upper and lower case
    }

    private String calledAddress(Message request) {
        String configured = endpoint.getConfiguration().getWebhookPublicUrl();
        if (configured != null) {
            return configured;
        }
        String url = request.getHeader(Exchange.HTTP_URL, "", String.class);
        String query = request.getHeader(Exchange.HTTP_QUERY, String.class);
        return query == null || query.isEmpty() ? url : url + "?" + query;
    }

    private static List<JsonNode> events(byte[] body) {
        try {
            JsonNode json = HubspotClient.JSON.readTree(body);
            if (json == null || !json.isArray()) {
                return null;
            }
            List<JsonNode> events = new ArrayList<>();
            json.forEach(events::add);
            return events;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** Lets one event through; answers whether it is done, be it earlier. */
    private boolean take(Exchange request, JsonNode event) {
        IdempotentRepository known = endpoint.repository();
        String key = key(event);
        if (!known.add(key)) {
            return true;
        }
        Exchange one = new DefaultExchange(request.getContext());
        one.getMessage().setBody(event);
        one.getMessage()
                .setHeader(
                        HubspotConstants.EVENT_TYPE,
                        event.path("subscriptionType").asText());
        one.getMessage()
                .setHeader(HubspotConstants.OBJECT_ID, event.path("objectId").asText());
        one.getMessage()
                .setHeader(
                        HubspotConstants.OCCURRED_AT,
                        Instant.ofEpochMilli(event.path("occurredAt").asLong()));
        try {
            next.process(one);
        } catch (Exception failed) {
            one.setException(failed);
        }
        if (one.getException() == null) {
            known.confirm(key);
            return true;
        }
        known.remove(key);
        LOG.warn(
                "an event was not processed, HubSpot will send it again: {}",
                one.getException().toString());
        return false;
    }

    /** What makes an event the same: everything but which attempt it is. HubSpot does not promise that eventId is unique. */
    private static String key(JsonNode event) {
        JsonNode same = event;
        if (event instanceof ObjectNode object) {
            ObjectNode copy = object.deepCopy();
            copy.remove("attemptNumber");
            same = copy;
        }
        return HubspotSignature.v1("", same.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(Exchange exchange, int status) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        if (status == 503) {
            message.setHeader("Retry-After", 5);
        }
    }
}
