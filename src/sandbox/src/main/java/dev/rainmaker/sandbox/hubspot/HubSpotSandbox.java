package dev.rainmaker.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.hubspot.api.HubSpotServer;
import dev.rainmaker.sandbox.hubspot.api.PortalIdentity;
import dev.rainmaker.sandbox.hubspot.api.Site;
import dev.rainmaker.sandbox.hubspot.page.PortalPages;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import dev.rainmaker.sandbox.hubspot.webhook.Subscriptions;
import dev.rainmaker.sandbox.hubspot.webhook.Webhooks;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.state.Shelf;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A HubSpot portal, running. */
public final class HubSpotSandbox implements AutoCloseable {

    private static final String SETUP = "setup";

    private final Shelf shelf;
    private final Portal portal;
    private final PortalIdentity identity;
    private final HubSpotServer server;
    private final Webhooks webhooks;

    private HubSpotSandbox(
            Shelf shelf, Portal portal, PortalIdentity identity, HubSpotServer server, Webhooks webhooks) {
        this.shelf = shelf;
        this.portal = portal;
        this.identity = identity;
        this.server = server;
        this.webhooks = webhooks;
    }

    /**
     * Opens the portal and serves it. An empty one is filled first; one that was not quite filled is emptied before.
     *
     * @throws IOException if state or port cannot be used; the message says what to do
     */
    public static HubSpotSandbox start(HubSpotSettings settings) throws IOException {
        Shelf shelf = Shelf.openFilled(settings.state());
        try {
            AtomicReference<Profile> profile = new AtomicReference<>(settings.profile());
            Clock clock = new PortalClock(settings.clock(), profile::get);
            Portal portal = new Portal(shelf, clock, profile::get);
            if (!shelf.filled()) {
                settings.content().fill(portal, shelf);
                shelf.setFilled();
            }
            PortalIdentity identity = identity(shelf);
            Site site = new Site(portal, shelf, profile::get, identity);
            Subscriptions subscriptions = new Subscriptions(shelf);
            URI webhook = settings.webhook();
            if (webhook != null && subscriptions.settings().isEmpty()) {
                String now = PropertyValue.time(clock.instant());
                subscriptions.settings(webhook.toString(), 10, now);
                subscriptions.addUsual(now);
            }
            Webhooks webhooks = new Webhooks(
                    shelf,
                    subscriptions,
                    profile::get,
                    clock,
                    identity.clientSecret(),
                    identity.portalId(),
                    identity.appId());
            portal.listen(webhooks::hear);
            HubSpotServer server = new HubSpotServer(
                    site,
                    profile,
                    subscriptions,
                    webhooks,
                    settings.host(),
                    settings.port(),
                    consent -> new PortalPages(portal, identity.portalId(), consent)::answer,
                    settings.hooks());
            return new HubSpotSandbox(shelf, portal, identity, server, webhooks);
        } catch (IOException | RuntimeException e) {
            shelf.close();
            throw e;
        }
    }

    /** Made up at the first start and kept. */
    private static PortalIdentity identity(Shelf shelf) {
        JsonNode kept = shelf.find(SETUP, "identity").orElseGet(() -> {
            JsonNode made = Shelf.object()
                    .put("portalId", 26_090_000L + new SecureRandom().nextInt(90_000))
                    .put("appId", 1_160_000L + new SecureRandom().nextInt(30_000))
                    .put("clientId", UUID.randomUUID().toString())
                    .put("clientSecret", UUID.randomUUID().toString())
                    .put("accessToken", "pat-na1-" + UUID.randomUUID())
                    .put("refreshToken", "na1-" + random());
            shelf.put(SETUP, "identity", made);
            return made;
        });
        return new PortalIdentity(
                kept.path("portalId").asLong(),
                kept.path("appId").asLong(),
                kept.path("clientId").asText(),
                kept.path("clientSecret").asText(),
                kept.path("accessToken").asText(),
                kept.path("refreshToken").asText());
    }

    private static String random() {
        byte[] random = new byte[20];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** {@code http://127.0.0.1:40002}, without a slash at the end. */
    public String url() {
        return server.url();
    }

    public PortalIdentity identity() {
        return identity;
    }

    public Portal portal() {
        return portal;
    }

    @Override
    public void close() {
        server.close();
        webhooks.close();
        shelf.close();
    }
}
