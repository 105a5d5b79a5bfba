package org.apache.camel.component.hubspot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HubSpot's request signatures. Only version 3 is accepted for webhooks: 1 and 2 carry no time, so a request recorded once
 * could be sent again for ever.
 *
 * <p>Version 3 is {@code base64(HMAC-SHA256(secret, METHOD + URI + body + timestamp))} over UTF-8 bytes, the body as it was
 * received. The time may differ by five minutes in both directions: HubSpot asks for the past only, but a request from the
 * future can be kept back and used later.
 */
public final class HubspotSignature {

    public static final String HEADER = "X-HubSpot-Signature-v3";
    public static final String TIMESTAMP_HEADER = "X-HubSpot-Request-Timestamp";
    /** How far a request's time may be from ours. */
    public static final Duration WINDOW = Duration.ofMillis(300_000);

    /** What HubSpot's page says is decoded before signing; its own clients decode nothing, so both are tried. */
    private static final List<String[]> DECODED = List.of(
            new String[] {"%3A", ":"},
            new String[] {"%2F", "/"},
            new String[] {"%3F", "?"},
            new String[] {"%40", "@"},
            new String[] {"%21", "!"},
            new String[] {"%24", "$"},
            new String[] {"%27", "'"},
            new String[] {"%28", "("},
            new String[] {"%29", ")"},
            new String[] {"%2A", "*"},
            new String[] {"%2C", ","},
            new String[] {"%3B", ";"});

    private HubspotSignature() {}

    /**
     * Checks a version 3 signature.
     *
     * @param secrets the client secret; during a change of it, the former one too
     * @param uri the address HubSpot called: scheme, host, path and query as it was entered there
     * @param signature the header {@link #HEADER}, null where absent
     * @param timestamp the header {@link #TIMESTAMP_HEADER}, milliseconds, null where absent
     * @return why it is refused; empty where it is good
     */
    public static Optional<String> refusal(
            List<String> secrets,
            String method,
            String uri,
            byte[] body,
            String signature,
            String timestamp,
            Instant now) {
        if (signature == null || timestamp == null) {
            return Optional.of("the headers " + HEADER + " and " + TIMESTAMP_HEADER + " are needed");
        }
        if (!timestamp.matches("\\d{1,15}")) {
            return Optional.of("the header " + TIMESTAMP_HEADER + " is no number of milliseconds");
        }
        long difference = now.toEpochMilli() - Long.parseLong(timestamp);
        if (Math.abs(difference) > WINDOW.toMillis()) {
            return Optional.of("it is " + Math.abs(difference) / 1000 + " s " + (difference > 0 ? "old" : "ahead")
                    + "; at most " + WINDOW.toSeconds() + " s are taken");
        }
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean good = false;
        for (String secret : secrets) {
            for (String candidate : List.of(uri, decoded(uri))) {
                byte[] expected = v3(secret, method, candidate, body, timestamp).getBytes(StandardCharsets.UTF_8);
                good |= MessageDigest.isEqual(expected, given);
            }
        }
        return good ? Optional.empty() : Optional.of("the signature does not belong to this request and secret");
    }

    /** {@code hex(SHA-256(secret + body))}. */
    public static String v1(String secret, byte[] body) {
        return sha256(utf8(secret), body);
    }

    /** {@code hex(SHA-256(secret + METHOD + URI + body))}. */
    public static String v2(String secret, String method, String uri, byte[] body) {
        return sha256(utf8(secret + method + uri), body);
    }

    /** {@code base64(HMAC-SHA256(secret, METHOD + URI + body + timestamp))}. */
    public static String v3(String secret, String method, String uri, byte[] body, String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(utf8(secret), "HmacSHA256"));
            mac.update(utf8(method + uri));
            mac.update(body);
            return Base64.getEncoder().encodeToString(mac.doFinal(utf8(timestamp)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /** The URI with exactly the characters decoded that HubSpot's page names. */
    static String decoded(String uri) {
        String text = uri;
        for (String[] pair : DECODED) {
            text = text.replace(pair[0], pair[1]).replace(pair[0].toLowerCase(java.util.Locale.ROOT), pair[1]);
        }
        return text;
    }

    private static String sha256(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            return HexFormat.of().formatHex(digest.digest(second));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
