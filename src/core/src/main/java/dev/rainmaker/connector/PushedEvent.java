package dev.rainmaker.connector;

import java.time.Instant;

/**
 * A change the vendor told us of; the record itself is fetched.
 *
 * @param key the vendor's key of the event, for recognising a repeat
 * @param deleted whether the record is gone
 */
public record PushedEvent(String key, String stream, String recordId, boolean deleted, Instant occurredAt) {}
