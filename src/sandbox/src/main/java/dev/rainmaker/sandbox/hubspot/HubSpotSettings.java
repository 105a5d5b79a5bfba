package dev.rainmaker.sandbox.hubspot;

import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.state.Shelf;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How to start a portal. Take {@link #in} and change what differs.
 *
 * @param state folder that keeps the portal
 * @param content what an empty portal is filled with
 * @param host address to listen on
 * @param port 0 for any free one
 * @param webhook where events go at first; null for nowhere
 * @param hooks whether {@code /__sandbox/…} is there
 */
public record HubSpotSettings(
        Path state,
        Content content,
        String host,
        int port,
        boolean hooks,
        Profile profile,
        Clock clock,
        @Nullable URI webhook) {

    /** Events go to this address from the first start on, until the API says otherwise. */
    public HubSpotSettings withWebhook(@Nullable URI target) {
        return new HubSpotSettings(state, content, host, port, hooks, profile, clock, target);
    }

    /** Fills an empty portal. */
    @FunctionalInterface
    public interface Content {
        void fill(Portal portal, Shelf shelf) throws IOException;
    }

    /** An empty portal on any free loopback port, without hooks. */
    public static HubSpotSettings in(Path state) {
        return new HubSpotSettings(
                state, (portal, shelf) -> {}, "127.0.0.1", 0, false, PortalProfile.defaults(), Clock.systemUTC(), null);
    }

    public HubSpotSettings filled(Content with) {
        return new HubSpotSettings(state, with, host, port, hooks, profile, clock, webhook);
    }

    public HubSpotSettings at(String newHost, int newPort) {
        return new HubSpotSettings(state, content, newHost, newPort, hooks, profile, clock, webhook);
    }

    public HubSpotSettings at(Clock newClock) {
        return new HubSpotSettings(state, content, host, port, hooks, profile, newClock, webhook);
    }

    public HubSpotSettings withHooks() {
        return new HubSpotSettings(state, content, host, port, true, profile, clock, webhook);
    }

    public HubSpotSettings behaving(Profile newProfile) {
        return new HubSpotSettings(state, content, host, port, hooks, newProfile, clock, webhook);
    }
}
