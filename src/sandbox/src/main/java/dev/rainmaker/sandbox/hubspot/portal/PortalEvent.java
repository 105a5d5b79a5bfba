package dev.rainmaker.sandbox.hubspot.portal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a record, as webhooks tell it.
 *
 * @param what creation, deletion, propertyChange, merge, restore or associationChange
 * @param property that changed; empty if none did
 * @param to the other end of a link; null if it is no change of links
 */
public record PortalEvent(
        String what,
        ObjectKind kind,
        long id,
        String property,
        String value,
        Instant at,
        Source source,
        @Nullable End to) {

    /** The other end of a link that was made or removed. */
    public record End(ObjectKind kind, long id, boolean primary, boolean removed) {}
}
