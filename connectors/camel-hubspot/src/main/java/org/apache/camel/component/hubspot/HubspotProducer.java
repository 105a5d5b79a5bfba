package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultProducer;

/** Makes the call of its endpoint for each message. */
public class HubspotProducer extends DefaultProducer {

    private final HubspotEndpoint endpoint;
    private final HubspotOperation operation;
    private HubspotClient client;
    private HealthCheck healthCheck;

    HubspotProducer(HubspotEndpoint endpoint, HubspotOperation operation) {
        super(endpoint);
        this.endpoint = endpoint;
        this.operation = operation;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client = endpoint.client();
        WritableHealthCheckRepository repository = HealthCheckHelper.getHealthCheckRepository(
                endpoint.getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (repository != null) {
            healthCheck = new HubspotHealthCheck(endpoint, client);
            repository.addHealthCheck(healthCheck);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (healthCheck != null) {
            WritableHealthCheckRepository repository = HealthCheckHelper.getHealthCheckRepository(
                    endpoint.getCamelContext(), "producers", WritableHealthCheckRepository.class);
            if (repository != null) {
                repository.removeHealthCheck(healthCheck);
            }
            healthCheck = null;
        }
        super.doStop();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        HubspotResponse response = client.send(request(exchange.getMessage()));
        Message message = exchange.getMessage();
        JsonNode json = response.json();
        message.setBody(endpoint.isRawPayload() ? response.body() : json.isMissingNode() ? null : json);
        message.setHeader(HubspotConstants.STATUS, response.status());
        message.removeHeader(HubspotConstants.AFTER);
        set(
                message,
                HubspotConstants.NEXT_AFTER,
                text(json.path("paging").path("next").path("after")));
        set(
                message,
                HubspotConstants.TOTAL,
                json.path("total").isNumber() ? json.path("total").asLong() : null);
        set(message, HubspotConstants.SERVER_TIME, response.serverTime());
    }

    private static void set(Message message, String header, Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.asText().isEmpty() ? node.asText() : null;
    }

    private HubspotRequest request(Message message) {
        int limit = message.getHeader(HubspotConstants.LIMIT, endpoint.getLimit(), Integer.class);
        String after = message.getHeader(HubspotConstants.AFTER, endpoint.getAfter(), String.class);
        String properties = message.getHeader(HubspotConstants.PROPERTIES, endpoint.getProperties(), String.class);
        boolean archived = message.getHeader(HubspotConstants.ARCHIVED, endpoint.isArchived(), Boolean.class);
        Map<String, String> parameters = new LinkedHashMap<>();
        put(
                parameters,
                "objectType",
                message.getHeader(HubspotConstants.OBJECT_TYPE, endpoint.getObjectType(), String.class));
        put(
                parameters,
                "objectId",
                message.getHeader(HubspotConstants.OBJECT_ID, endpoint.getObjectId(), String.class));
        put(
                parameters,
                "toObjectType",
                message.getHeader(HubspotConstants.TO_OBJECT_TYPE, endpoint.getToObjectType(), String.class));
        JsonNode body = RequestBodies.of(
                operation,
                message.getBody(),
                new RequestBodies.Wishes(
                        RequestBodies.words(properties),
                        RequestBodies.words(endpoint.getPropertiesWithHistory()),
                        endpoint.getIdProperty(),
                        limit,
                        after));
        return new HubspotRequest(
                operation, parameters, query(limit, after, properties, archived), body, endpoint.getReservedPercent());
    }

    private Map<String, String> query(int limit, String after, String properties, boolean archived) {
        Map<String, String> query = new LinkedHashMap<>();
        HubspotOperation.Shape shape = operation.shape();
        if (shape == HubspotOperation.Shape.LIST) {
            if (operation != HubspotOperation.PROPERTIES_LIST
                    && operation != HubspotOperation.PROPERTIES_GROUPS
                    && operation != HubspotOperation.ASSOCIATIONS_LABELS) {
                query.put("limit", String.valueOf(limit));
                query.put("after", after);
            }
            query.put("state", endpoint.getState());
        }
        if (operation == HubspotOperation.OBJECTS_LIST || operation == HubspotOperation.OBJECTS_GET) {
            query.put("properties", properties);
            query.put("propertiesWithHistory", endpoint.getPropertiesWithHistory());
            query.put("associations", endpoint.getAssociations());
            query.put("idProperty", operation == HubspotOperation.OBJECTS_GET ? endpoint.getIdProperty() : null);
        }
        boolean reads = shape == HubspotOperation.Shape.LIST
                || shape == HubspotOperation.Shape.ONE
                || shape == HubspotOperation.Shape.READ_INPUTS;
        if (archived && reads) {
            query.put("archived", "true");
        }
        return query;
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
