package dev.rainmaker.connector;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request as it came in, for checking its signature.
 *
 * @param url the public address that was called, scheme, host and query as the sender saw them
 * @param headers by lower-case name
 * @param body the bytes as received
 * @param receivedAt when it came in
 */
public record RawRequest(
        String method, String url, Map<String, List<String>> headers, byte[] body, Instant receivedAt) {}
