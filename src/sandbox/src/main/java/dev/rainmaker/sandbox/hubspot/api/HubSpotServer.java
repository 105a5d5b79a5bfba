package dev.rainmaker.sandbox.hubspot.api;

import dev.rainmaker.sandbox.http.Fault;
import dev.rainmaker.sandbox.http.FaultScript;
import dev.rainmaker.sandbox.http.HttpFront;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.webhook.Subscriptions;
import dev.rainmaker.sandbox.hubspot.webhook.Webhooks;
import dev.rainmaker.sandbox.profile.Profile;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The portal's HTTP face: API, pages for people, and the test hooks where allowed. */
public final class HubSpotServer implements AutoCloseable {

    private static final String API =
            "crm|oauth|marketing|webhooks|app-webhooks|account-info|form-integrations|submissions|email";

    private final CallLog calls = new CallLog();
    private final FaultScript faults = new FaultScript();
    private final Tokens tokens;
    private final PortalApi api;
    private final @Nullable HubSpotHooks hooks;
    private final Function<Request, Reply> pages;
    private final HttpFront front;
    private final String url;

    /**
     * Starts serving.
     *
     * @param profile the one that {@code site} looks at; hooks may change it
     * @param port 0 for any free one
     * @param pages answers what is outside the API, given what makes codes for apps that a person lets in
     * @throws IOException if the port cannot be used; the message says what to do
     */
    public HubSpotServer(
            Site site,
            AtomicReference<Profile> profile,
            Subscriptions subscriptions,
            Webhooks webhooks,
            String host,
            int port,
            Function<Function<String, String>, Function<Request, Reply>> pages,
            boolean withHooks)
            throws IOException {
        this.tokens = new Tokens(site);
        RateLimits limits = new RateLimits(site);
        RowFaults rowFaults = new RowFaults();
        OAuth oauth = new OAuth(site, tokens);
        this.api = new PortalApi(site, tokens, oauth, limits, rowFaults, subscriptions);
        this.hooks =
                withHooks ? new HubSpotHooks(site, tokens, limits, calls, faults, rowFaults, webhooks, profile) : null;
        this.pages = pages.apply(oauth::consent);
        this.front = new HttpFront("hubspot", host, port, this::answer, HubSpotServer::broken);
        this.url = "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + front.port();
    }

    private static Reply broken(int status) {
        return status == 413
                ? ErrorReply.of(413, "", "HTTP 413 Request Entity Too Large")
                : ErrorReply.of(500, "INTERNAL_ERROR", "internal error");
    }

    /** {@code http://127.0.0.1:40002}, without a slash at the end. */
    public String url() {
        return url;
    }

    private HttpFront.Delivery answer(Request request) {
        String area = request.segments().isEmpty() ? "" : request.segments().get(0);
        if (area.equals("__sandbox") && hooks != null) {
            return new HttpFront.Delivery(hooks.answer(request), Fault.NONE);
        }
        boolean consent = request.segments().equals(java.util.List.of("oauth", "authorize"));
        if (!area.matches(API) || consent) {
            return new HttpFront.Delivery(pages.apply(request), Fault.NONE);
        }
        Route route = Route.of(request);
        String kind = route.kind(request.method());
        Fault fault = faults.next(kind);
        if (fault.expireTokens()) {
            tokens.expireAll();
        }
        Reply truth =
                fault.prevents() ? new Reply(500, "application/json", new byte[0], Map.of()) : api.answer(request);
        Reply told = fault.instead(truth);
        calls.add(kind, route.dated(), told.status());
        return new HttpFront.Delivery(told, fault);
    }

    @Override
    public void close() {
        front.close();
    }
}
