package dev.rainmaker.connector.salesforce;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.FormRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Camel's session with our login: always at the login address, never revoking a token (its address would carry the token
 * in the clear, and a second instance may be using the same one), and with the answer checked before it is believed.
 * {@link #login} is single-flight: whoever comes with a token that has been replaced meanwhile gets the new one.
 */
final class GuardedSession extends SalesforceSession {

    private final GuardedHttpClient http;
    private final URI tokenAddress;
    private final long timeoutMillis;
    private final LoginGrant grant;
    private final LoginAnswer answer;

    GuardedSession(
            CamelContext context,
            GuardedHttpClient http,
            SalesforceSettings settings,
            SalesforceLoginConfig config,
            LoginGrant grant,
            LoginAnswer answer) {
        super(context, http, settings.callTimeout().toMillis(), config);
        this.http = http;
        this.tokenAddress = URI.create(settings.loginUrl() + "/services/oauth2/token");
        this.timeoutMillis = settings.callTimeout().toMillis();
        this.grant = grant;
        this.answer = answer;
    }

    @Override
    public Request getLoginRequest(@Nullable HttpConversation conversation) {
        Fields form = new Fields();
        grant.form().forEach(form::put);
        return http.newHttpRequest(new HttpConversation(), tokenAddress)
                .method(HttpMethod.POST)
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .body(new FormRequestContent(form));
    }

    @Override
    public void parseLoginResponse(ContentResponse response, String content) throws SalesforceException {
        super.parseLoginResponse(response, answer.checked(response, content));
    }

    @Override
    public void logout() {
        // The token ends by itself; see the class comment.
    }
}
