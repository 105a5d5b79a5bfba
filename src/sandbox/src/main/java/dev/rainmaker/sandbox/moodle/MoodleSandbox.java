package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Fault;
import dev.rainmaker.sandbox.http.FaultScript;
import dev.rainmaker.sandbox.http.HttpFront;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.state.Shelf;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A Moodle site, running. */
public final class MoodleSandbox implements AutoCloseable {

    private static final String SETUP = "setup";

    private final Shelf shelf;
    private final Academy academy;
    private final WebService service;
    private final FaultScript faults = new FaultScript();
    private final MoodleHooks hooks;
    private final MoodlePages pages;
    private final boolean withHooks;
    private final JsonNode identity;
    private final HttpFront front;
    private final String url;
    private final ScheduledExecutorService cron;

    private MoodleSandbox(MoodleSettings settings, Shelf shelf) throws IOException {
        this.shelf = shelf;
        AtomicReference<Profile> profile = new AtomicReference<>(settings.profile());
        this.academy = new Academy(shelf, settings.clock(), profile::get);
        if (!shelf.filled()) {
            settings.content().fill(academy);
            shelf.setFilled();
        }
        this.identity = identity(shelf);
        SiteFacts site = new SiteFacts(profile::get);
        this.service = new WebService(academy, site, token(), username(), password());
        this.hooks = new MoodleHooks(academy, service, faults, profile);
        this.pages = new MoodlePages(academy);
        this.withHooks = settings.hooks();
        this.front = new HttpFront("moodle", settings.host(), settings.port(), this::answer, MoodleSandbox::broken);
        this.url = "http://" + (settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host()) + ":" + front.port();
        site.servedAt(url);
        this.cron = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "moodle-cron");
            thread.setDaemon(true);
            return thread;
        });
        cron.scheduleWithFixedDelay(this::task, 500, 500, TimeUnit.MILLISECONDS);
    }

    private void task() {
        try {
            academy.runTask(false);
        } catch (RuntimeException e) {
            System.err.println("the scheduled task failed: " + e.getMessage());
        }
    }

    /**
     * Opens the site and serves it. An empty one is filled first.
     *
     * @throws IOException if state or port cannot be used; the message says what to do
     */
    public static MoodleSandbox start(MoodleSettings settings) throws IOException {
        Shelf shelf = Shelf.openFilled(settings.state());
        try {
            return new MoodleSandbox(settings, shelf);
        } catch (IOException | RuntimeException e) {
            shelf.close();
            throw e;
        }
    }

    private static JsonNode identity(Shelf shelf) {
        return shelf.find(SETUP, "identity").orElseGet(() -> {
            JsonNode made = Shelf.object()
                    .put("token", random(16))
                    .put("username", "rainmaker")
                    .put("password", random(12));
            shelf.put(SETUP, "identity", made);
            return made;
        });
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static Reply broken(int status) {
        return Reply.html(
                status,
                "<html><body>" + (status == 413 ? "Request Entity Too Large" : "Internal Server Error")
                        + "</body></html>");
    }

    private HttpFront.Delivery answer(Request request) {
        List<String> path = request.segments();
        if (!path.isEmpty() && path.get(0).equals("__sandbox") && withHooks) {
            return new HttpFront.Delivery(hooks.answer(request), Fault.NONE);
        }
        boolean login = path.equals(List.of("login", "token.php"));
        if (!login && !path.equals(List.of("webservice", "rest", "server.php"))) {
            return new HttpFront.Delivery(pages.answer(request), Fault.NONE);
        }
        String kind = login ? "login" : service.arguments(request).getOrDefault("wsfunction", "none");
        hooks.count(kind);
        Fault fault = faults.next(kind);
        Reply truth = fault.prevents()
                ? new Reply(500, "application/json", new byte[0], Map.of())
                : login ? service.login(request) : service.answer(request);
        return new HttpFront.Delivery(fault.instead(truth), fault);
    }

    /** {@code http://127.0.0.1:40003}, without a slash at the end. */
    public String url() {
        return url;
    }

    /** Of the web service. */
    public String token() {
        return identity.path("token").asText();
    }

    /** For {@code /login/token.php}. */
    public String username() {
        return identity.path("username").asText();
    }

    /** For {@code /login/token.php}. */
    public String password() {
        return identity.path("password").asText();
    }

    public Academy academy() {
        return academy;
    }

    @Override
    public String toString() {
        return ApiJson.object().put("moodle", url).toString();
    }

    @Override
    public void close() {
        cron.shutdownNow();
        front.close();
        shelf.close();
    }
}
