package org.apache.camel.component.hubspot;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Down while HubSpot does not accept the credentials or does not answer; a used-up limit or a missing scope is not illness. */
final class HubspotHealthCheck extends AbstractHealthCheck {

    private final HubspotEndpoint endpoint;
    private final HubspotClient client;

    HubspotHealthCheck(HubspotEndpoint endpoint, HubspotClient client) {
        super("camel", "producer:hubspot-" + endpoint.word() + "-" + System.identityHashCode(endpoint));
        this.endpoint = endpoint;
        this.client = client;
    }

    @Override
    public boolean isLiveness() {
        return false; // restarting would help nobody
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("hubspot.apiUrl", endpoint.getConfiguration().getApiUrl());
        try {
            client.send(new HubspotRequest(HubspotOperation.OWNERS_LIST, Map.of(), Map.of("limit", "1"), null, 0));
            builder.up();
        } catch (HubspotException failed) {
            boolean ill = failed.getKind() == HubspotException.Kind.AUTHENTICATION
                    || failed.getKind() == HubspotException.Kind.UNKNOWN_OUTCOME;
            if (ill) {
                builder.down().error(failed).message(failed.getMessage());
            } else {
                builder.up().message(failed.getMessage());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            builder.unknown();
        }
    }
}
