package dev.rainmaker.sandbox.hubspot.api;

import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.state.Shelf;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What all parts of the API stand on.
 *
 * @param profile as it is now
 */
public record Site(Portal portal, Shelf shelf, Supplier<Profile> profile, PortalIdentity identity) {

    Instant now() {
        return portal.clock().instant();
    }

    int number(String key) {
        return profile.get().number(key);
    }

    @Override
    public String toString() {
        return "portal " + identity.portalId();
    }
}
