package dev.rainmaker.sandbox.salesforce.api;

import dev.rainmaker.sandbox.http.Fault;
import dev.rainmaker.sandbox.http.FaultScript;
import dev.rainmaker.sandbox.http.HttpFront;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.salesforce.record.Org;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The org's HTTP face: API, record pages, and the test hooks where allowed. */
public final class SalesforceServer implements AutoCloseable {

    private final CallCounts counts = new CallCounts();
    private final FaultScript faults = new FaultScript();
    private final Sessions sessions;
    private final RestApi rest;
    private final @Nullable Hooks hooks;
    private final Function<Request, Reply> pages;
    private final HttpFront front;
    private final String url;

    /**
     * Starts serving.
     *
     * @param port 0 for any free one
     * @param pages answers what is not under /services
     * @param withHooks whether {@code /__sandbox/…} is there
     * @throws IOException if the port cannot be used; the message says what to do
     */
    public SalesforceServer(
            Org org,
            Credentials credentials,
            Profile profile,
            String host,
            int port,
            Function<Request, Reply> pages,
            boolean withHooks)
            throws IOException {
        AtomicReference<Profile> current = new AtomicReference<>(profile);
        RowFaults rowFaults = new RowFaults();
        Queries queries = new Queries(org, current::get);
        this.sessions = new Sessions(org);
        OAuth oauth = new OAuth(org, sessions, credentials, current::get);
        this.rest = new RestApi(org, sessions, oauth, counts, queries, rowFaults, current::get);
        this.hooks = withHooks ? new Hooks(org, sessions, queries, counts, faults, rowFaults, current) : null;
        this.pages = pages;
        this.front = new HttpFront("salesforce", host, port, this::answer, SalesforceServer::broken);
        this.url = "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + front.port();
        oauth.servedAt(url);
    }

    /** {@code http://127.0.0.1:8443}, without a slash at the end. */
    public String url() {
        return url;
    }

    private static Reply broken(int status) {
        return (status == 413
                        ? new ApiFault(413, "REQUEST_TOO_LARGE", "the body is too large")
                        : new ApiFault(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred"))
                .reply();
    }

    private HttpFront.Delivery answer(Request request) {
        String area = request.segments().isEmpty() ? "" : request.segments().get(0);
        if (area.equals("__sandbox") && hooks != null) {
            return new HttpFront.Delivery(hooks.answer(request), Fault.NONE);
        }
        if (!area.equals("services") && !area.equals("id")) {
            return new HttpFront.Delivery(pages.apply(request), Fault.NONE);
        }
        String kind = Kind.of(request);
        counts.add(kind);
        Fault fault = faults.next(kind);
        if (fault.expireTokens()) {
            sessions.expireAll();
        }
        Reply truth = fault.prevents()
                ? new Reply(500, "application/json", new byte[0], Map.of("Sforce-Limit-Info", "api-usage=0/0"))
                : rest.answer(request);
        return new HttpFront.Delivery(fault.instead(truth), fault);
    }

    @Override
    public void close() {
        front.close();
    }
}
