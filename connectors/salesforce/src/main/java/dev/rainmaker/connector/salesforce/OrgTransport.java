package dev.rainmaker.connector.salesforce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpoint;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.apache.camel.component.salesforce.internal.client.DefaultRawClient;
import org.apache.camel.component.salesforce.internal.client.RawClient;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * One org's Camel: a plain context of its own with camel-salesforce in it and nothing else, so that several orgs live in
 * one process. Built at the first call.
 *
 * <p>Everything goes through Camel's {@code raw} operation: it alone hands over the body as it came, also of errors, and
 * sends every header.
 */
final class OrgTransport implements AutoCloseable {

    private static final String ENDPOINT = "salesforce:raw?format=JSON";

    /** camel-salesforce looks for generated classes in its packages and warns without any: there are none here. */
    private static final String NO_PACKAGES = "dev.rainmaker.connector.salesforce.generated";

    private final String name;
    private final SalesforceSettings settings;
    private final LoginGrant grant;
    private final LoginAnswer login;
    private final OrgHosts hosts;
    private @Nullable Running running;
    private boolean closed;

    private record Running(
            CamelContext context, GuardedSession session, ProducerTemplate template, Endpoint endpoint) {}

    OrgTransport(String connection, SalesforceSettings settings, SalesforceFaults faults, Clock clock) {
        this.name = "salesforce-" + connection;
        this.settings = settings;
        this.grant = new LoginGrant(settings, clock);
        this.hosts = new OrgHosts(settings.loginUrl(), settings.allowedHosts());
        this.login = new LoginAnswer(faults, settings, hosts);
    }

    /** Camel's component with our session in place of its own. */
    private static final class GuardedComponent extends SalesforceComponent {
        private final GuardedSession session;
        private final GuardedHttpClient http;
        private final SalesforceLoginConfig login;

        GuardedComponent(
                CamelContext context, GuardedSession session, GuardedHttpClient http, SalesforceLoginConfig login) {
            super(context);
            this.session = session;
            this.http = http;
            this.login = login;
        }

        @Override
        public SalesforceSession getSession() {
            return session;
        }

        @Override
        public RawClient createRawClientFor(SalesforceEndpoint endpoint) throws SalesforceException {
            return new DefaultRawClient(http, "", session, login);
        }
    }

    /** The token in use, null before the first login. */
    @Nullable
    String token() throws IOException {
        return running().session().getAccessToken();
    }

    /** The 18-character id of the org, null before the first login. */
    @Nullable
    String orgId() throws IOException {
        return running().session().getOrgId();
    }

    /** The org's own address, as the last login's answer gave it; null before the first login. */
    synchronized @Nullable String instance() {
        return running == null ? null : running.session().getInstanceUrl();
    }

    /** Logs in unless somebody else has replaced the token meanwhile. */
    void login(@Nullable String oldToken) throws IOException, SalesforceException {
        running().session().login(oldToken);
    }

    /** Makes one call and waits for the whole answer, whatever its status. */
    Answer send(String method, String path, byte @Nullable [] body, Map<String, String> headers)
            throws IOException, SalesforceException {
        Running camel = running();
        long begin = System.nanoTime();
        Exchange exchange = camel.template().send(camel.endpoint(), call -> {
            Message in = call.getIn();
            in.setHeader(SalesforceEndpointConfig.RAW_METHOD, method);
            in.setHeader(SalesforceEndpointConfig.RAW_PATH, path);
            headers.forEach(in::setHeader);
            in.setBody(body == null ? null : new ByteArrayInputStream(body));
        });
        long nanos = System.nanoTime() - begin;
        Exception failure = exchange.getException();
        Message message = exchange.getMessage();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (failure != null && isTooLarge(failure)) {
            return Answer.tooLarge();
        }
        if (failure != null
                && (failure.getCause() != null || status == null || !(failure instanceof SalesforceException))) {
            throw failure instanceof SalesforceException known ? known : new SalesforceException(failure);
        }
        String date = text(message, GuardedHttpClient.DATE);
        Instant answered = RetryAfter.instant(date);
        return new Answer(
                status == null ? 0 : status,
                bytes(message),
                text(message, GuardedHttpClient.LIMIT_INFO),
                text(message, GuardedHttpClient.RETRY_AFTER),
                date,
                text(message, GuardedHttpClient.LOCATION),
                answered == null ? null : answered.minusNanos(nanos));
    }

    private static boolean isTooLarge(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause instanceof IllegalArgumentException
                && String.valueOf(cause.getMessage()).startsWith("Buffering capacity");
    }

    private static @Nullable String text(Message message, String header) {
        return message.getHeader(header, String.class);
    }

    private static byte[] bytes(Message message) throws IOException {
        return message.getBody() instanceof InputStream stream ? stream.readAllBytes() : new byte[0];
    }

    private synchronized Running running() throws IOException {
        if (closed) {
            throw new IOException("the connection is closed");
        }
        if (running == null) {
            running = start();
        }
        return running;
    }

    private Running start() throws IOException {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        context.getCamelContextExtension().setName(name);
        context.setLoadTypeConverters(false);
        GuardedHttpClient http = new GuardedHttpClient(name, settings, hosts);
        SalesforceLoginConfig config = new SalesforceLoginConfig();
        config.setLoginUrl(settings.loginUrl().toString());
        config.setLazyLogin(true);
        GuardedSession session = new GuardedSession(context, http, settings, config, grant, login);
        context.addComponent("salesforce", component(context, session, http, config));
        try {
            context.start();
            Endpoint endpoint = context.getEndpoint(ENDPOINT);
            return new Running(context, session, context.createProducerTemplate(), endpoint);
        } catch (RuntimeException | Error wrong) {
            context.stop();
            throw wrong;
        }
    }

    private SalesforceComponent component(
            CamelContext context, GuardedSession session, GuardedHttpClient http, SalesforceLoginConfig config) {
        SalesforceEndpointConfig endpoints = new SalesforceEndpointConfig();
        endpoints.setHttpClient(http);
        GuardedComponent component = new GuardedComponent(context, session, http, config);
        component.setLoginConfig(config);
        component.setLazyLogin(true);
        component.setConfig(endpoints);
        component.setPackages(NO_PACKAGES);
        component.setHttpClientConnectionTimeout(settings.connectTimeout().toMillis());
        component.setHttpClientIdleTimeout(settings.idleTimeout().toMillis());
        component.setHttpRequestTimeout(settings.callTimeout().toMillis());
        component.setHttpMaxContentLength(settings.maxResponseBytes());
        return component;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.context().stop();
            running = null;
        }
    }
}
