package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.ConnectorFault;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.hubspot.HubspotComponent;
import org.apache.camel.component.hubspot.HubspotConfiguration;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.apache.camel.component.hubspot.HubspotException;
import org.apache.camel.component.hubspot.HubspotUsage;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one portal through a Camel context of its own, counted by purpose, with the component's failures in the
 * application's words. The component itself never tries again here: the application does, and knows for how long.
 */
final class HubspotPortal implements AutoCloseable {

    /** Bulk reading leaves this percentage of the rate limit to reads before writes, writes and confirmations. */
    private static final int RESERVED_BY_READS = 30;

    private final String connection;
    private final HubspotSettings settings;
    private final HubspotFaults faults;
    private final Map<CallPurpose, Long> calls = new EnumMap<>(CallPurpose.class);
    private @Nullable CamelContext context;
    private @Nullable ProducerTemplate template;
    private @Nullable HubspotComponent component;
    private boolean closed;

    HubspotPortal(String connection, HubspotSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.faults = new HubspotFaults(connection);
    }

    HubspotFaults faults() {
        return faults;
    }

    /**
     * An answer.
     *
     * @param body the bytes as received
     * @param serverTime null where the server did not say
     */
    record Answer(
            int status,
            JsonNode json,
            byte[] body,
            @Nullable Instant serverTime) {}

    /**
     * A call to make.
     *
     * @param operation such as {@code objects/search}
     * @param options further options of the endpoint; few different ones, as each makes an endpoint
     * @param headers values of this call
     */
    record Call(
            String operation,
            String options,
            Map<String, Object> headers,
            @Nullable Object body) {
        static Call of(String operation, Map<String, Object> headers, @Nullable Object body) {
            return new Call(operation, "", headers, body);
        }
    }

    /** @throws HubspotException as the component says it */
    Answer send(Call call, CallPurpose purpose) {
        ProducerTemplate ready = ready();
        synchronized (this) {
            calls.merge(purpose, 1L, Long::sum);
        }
        int reserved = purpose == CallPurpose.READ ? RESERVED_BY_READS : 0;
        String uri = "hubspot:" + call.operation() + "?rawPayload=true&reservedPercent=" + reserved
                + (call.options().isEmpty() ? "" : "&" + call.options());
        Exchange exchange = ready.request(uri, message -> {
            message.getMessage().setBody(call.body());
            message.getMessage().setHeaders(new HashMap<>(call.headers()));
        });
        Exception failed = exchange.getException();
        if (failed instanceof HubspotException told) {
            throw told;
        }
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            throw new ConnectorFault.Retryable(Duration.ZERO, connection + ": the call was interrupted", failed);
        }
        if (failed != null) {
            throw new ConnectorFault.Fatal(
                    connection + ": " + Words.clean(String.valueOf(failed.getMessage())), failed);
        }
        return answer(exchange);
    }

    /** The same, its failures as faults. */
    Answer call(Call call, CallPurpose purpose) {
        try {
            return send(call, purpose);
        } catch (HubspotException told) {
            throw faults.of(told);
        }
    }

    private static Answer answer(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody() instanceof byte[] bytes ? bytes : new byte[0];
        return new Answer(
                exchange.getMessage().getHeader(HubspotConstants.STATUS, 200, Integer.class),
                Json.read(body),
                body,
                exchange.getMessage().getHeader(HubspotConstants.SERVER_TIME, Instant.class));
    }

    private synchronized ProducerTemplate ready() {
        if (closed) {
            throw new ConnectorFault.Fatal(connection + ": the connection is closed");
        }
        if (template == null) {
            DefaultCamelContext started = new DefaultCamelContext();
            started.getCamelContextExtension().setName("hubspot-" + connection);
            HubspotComponent hubspot = new HubspotComponent(started);
            configure(hubspot.getConfiguration());
            started.addComponent("hubspot", hubspot);
            started.start();
            context = started;
            component = hubspot;
            template = started.createProducerTemplate();
        }
        return template;
    }

    private void configure(HubspotConfiguration configuration) {
        configuration.setApiUrl(settings.apiUrl().toString());
        configuration.setApiVersion(settings.apiVersion());
        configuration.setAccessToken(settings.accessToken());
        configuration.setClientId(settings.clientId());
        configuration.setClientSecret(settings.clientSecret());
        configuration.setRefreshToken(settings.refreshToken());
        configuration.setConnectTimeout(settings.connectTimeout().toMillis());
        configuration.setCallTimeout(settings.callTimeout().toMillis());
        configuration.setMaxResponseBytes(settings.maxResponseBytes());
        configuration.setCallsPerTenSeconds(settings.callsPerTenSeconds());
        configuration.setSearchesPerSecond(settings.searchesPerSecond());
        configuration.setMaxRetries(0);
    }

    synchronized ApiUsage usage() {
        HubspotUsage told = component == null ? new HubspotUsage(-1, -1, 0) : component.usage();
        Map<CallPurpose, Long> all = new EnumMap<>(CallPurpose.class);
        all.putAll(calls);
        all.merge(CallPurpose.OTHER, told.loginCalls(), Long::sum);
        boolean known = told.dailyLimit() >= 0 && told.dailyRemaining() >= 0;
        return new ApiUsage(all, known ? told.dailyLimit() - told.dailyRemaining() : -1, told.dailyLimit());
    }

    @Override
    public synchronized void close() {
        closed = true;
        CamelContext running = context;
        if (running != null) {
            running.stop();
            context = null;
            template = null;
        }
    }
}
