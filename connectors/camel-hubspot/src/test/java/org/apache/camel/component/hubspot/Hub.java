package org.apache.camel.component.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/** A HubSpot of stubs, a Camel context with the component, and a clock that only moves when the component waits. */
final class Hub implements AutoCloseable {

    static final Instant START = Instant.parse("2026-10-01T12:00:00Z");

    final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final CamelContext context = new DefaultCamelContext();
    final HubspotComponent component;
    private Instant now = START;

    Hub() {
        server.start();
        component = new HubspotComponent(context, clock(), this::pause);
        component.getConfiguration().setApiUrl(server.baseUrl());
        component.getConfiguration().setAccessToken("pat-secret");
        context.addComponent("hubspot", component);
        context.start();
    }

    private synchronized void pause(Duration time) {
        pauses.add(time);
        now = now.plus(time);
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                synchronized (Hub.this) {
                    return now;
                }
            }
        };
    }

    void stub(MappingBuilder mapping) {
        server.stubFor(mapping);
    }

    /** Answers every call so. */
    void answer(int status, String body) {
        server.stubFor(any(anyUrl()).willReturn(json(status, body)));
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return WireMock.aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    /** Sends a message and gives back the exchange, failed or not. */
    Exchange send(String uri, Object body, Map<String, Object> headers) {
        return context.createProducerTemplate().request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }

    Exchange send(String uri, Object body) {
        return send(uri, body, Map.of());
    }

    static HubspotException failure(Exchange exchange) {
        return exchange.getException(HubspotException.class);
    }

    List<LoggedRequest> calls() {
        List<LoggedRequest> calls = new ArrayList<>(
                server.findAll(com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl())));
        calls.sort(java.util.Comparator.comparing(LoggedRequest::getLoggedDate));
        return calls;
    }

    LoggedRequest call() {
        List<LoggedRequest> calls = calls();
        if (calls.size() != 1) {
            throw new AssertionError("expected one call, there were " + calls.size());
        }
        return calls.get(0);
    }

    @Override
    public void close() throws Exception {
        context.close();
        server.stop();
    }
}
