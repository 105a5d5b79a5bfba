package dev.rainmaker.connector.salesforce;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Camel's HTTP client for Salesforce with its trust taken back: it follows no redirect, sends to allowed hosts only, and
 * leaves an expired session to us (Camel would log in once per waiting call, three times over).
 *
 * <p>Camel hands on only the headers whose name begins with {@code Sforce}; the three others we need travel under such a
 * name.
 */
final class GuardedHttpClient extends SalesforceHttpClient {

    static final String LIMIT_INFO = "Sforce-Limit-Info";
    static final String DATE = "Sforce-Rainmaker-Date";
    static final String RETRY_AFTER = "Sforce-Rainmaker-Retry-After";
    static final String LOCATION = "Sforce-Rainmaker-Location";

    private final OrgHosts hosts;

    GuardedHttpClient(String name, SalesforceSettings settings, OrgHosts hosts) {
        super(null, workers(name), tls(settings));
        this.hosts = hosts;
        setName(name);
        setFollowRedirects(false);
        setMaxRetries(0);
        setMaxConnectionsPerDestination(settings.maxConnections());
        setHttpCookieStore(new HttpCookieStore.Empty());
        QueuedThreadPool threads = new QueuedThreadPool(Math.max(16, settings.maxConnections()), 2);
        threads.setName(name + "-http");
        threads.setDaemon(true);
        setExecutor(threads);
    }

    /**
     * Plain http leads nowhere but to plain http ({@link OrgHosts}): then the trust store, whose reading takes longer than
     * all else at the start, stays closed, and no certificate is trusted.
     */
    private static SslContextFactory.Client tls(SalesforceSettings settings) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (settings.loginUrl().getScheme().equals("http")) {
            try {
                SSLContext none = SSLContext.getInstance("TLS");
                none.init(new KeyManager[0], new TrustManager[0], null);
                tls.setSslContext(none);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return tls;
    }

    private static ExecutorService workers(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + "-answers");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws IllegalArgumentException if the address lies outside the allowed hosts */
    @Override
    public HttpRequest newHttpRequest(HttpConversation conversation, URI uri) {
        if (!hosts.allows(uri)) {
            throw new IllegalArgumentException("refused to call " + uri.getScheme() + "://" + uri.getHost());
        }
        HttpRequest request = super.newHttpRequest(conversation, uri);
        request.onResponseHeaders(GuardedHttpClient::handOn);
        return request;
    }

    private static void handOn(Response response) {
        if (response instanceof HttpResponse answer) {
            answer.headers(headers -> {
                rename(headers, "Date", DATE);
                rename(headers, "Retry-After", RETRY_AFTER);
                rename(headers, "Location", LOCATION);
                rename(headers, LIMIT_INFO, LIMIT_INFO);
            });
        }
    }

    private static void rename(HttpFields.Mutable headers, String from, String to) {
        String value = headers.get(from);
        if (value != null) {
            headers.put(to, value);
        }
    }
}
