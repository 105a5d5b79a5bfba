package dev.rainmaker.sandbox.salesforce.api;

import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Access and refresh tokens. Both carry their own content and a MAC, so they outlive a restart; what has been revoked
 * since the start is remembered.
 */
final class Sessions {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Org org;
    private final SecureRandom random = new SecureRandom();
    private final byte[] key;
    private final Set<String> revoked = new HashSet<>();
    private final Map<String, Integer> families = new HashMap<>();
    private int generation;

    Sessions(Org org) {
        this.org = org;
        String stored = org.property("session-key");
        if (stored == null) {
            stored = randomText(32);
            org.property("session-key", stored);
        }
        this.key = stored.getBytes(StandardCharsets.UTF_8);
        String storedGeneration = org.property("session-generation");
        this.generation = storedGeneration == null ? 0 : Integer.parseInt(storedGeneration);
    }

    /** What a refresh token stands for. */
    record Refresh(String userId, String family, int number) {}

    String randomText(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return BASE64.encodeToString(content);
    }

    /** A new access token: 15-character org id, exclamation mark, opaque. */
    synchronized String open(String userId, Instant now) {
        String content = userId + "|" + now.toEpochMilli() + "|" + generation + "|" + randomText(6);
        return SalesforceId.shortForm(SalesforceOrgId.ORGANIZATION) + "!" + signed(content);
    }

    /** The user of a live session. */
    synchronized Optional<String> user(String token, Instant now, Duration lifetime) {
        int mark = token.indexOf('!');
        if (mark < 0 || revoked.contains(token)) {
            return Optional.empty();
        }
        return verified(token.substring(mark + 1))
                .map(content -> content.split("\\|"))
                .filter(parts -> parts.length == 4
                        && Integer.parseInt(parts[2]) == generation
                        && now.isBefore(
                                Instant.ofEpochMilli(Long.parseLong(parts[1])).plus(lifetime)))
                .map(parts -> parts[0]);
    }

    /** Ends all sessions, as if their time had run out. */
    synchronized void expireAll() {
        generation++;
        org.property("session-generation", String.valueOf(generation));
    }

    synchronized String openRefresh(String userId) {
        return refreshToken(new Refresh(userId, randomText(6), 0));
    }

    private String refreshToken(Refresh refresh) {
        families.putIfAbsent(refresh.family(), refresh.number());
        return signed("refresh|" + refresh.userId() + "|" + refresh.family() + "|" + refresh.number());
    }

    synchronized Optional<Refresh> refresh(String token) {
        if (revoked.contains(token)) {
            return Optional.empty();
        }
        return verified(token)
                .map(content -> content.split("\\|"))
                .filter(parts -> parts.length == 4 && parts[0].equals("refresh"))
                .map(parts -> new Refresh(parts[1], parts[2], Integer.parseInt(parts[3])))
                .filter(refresh -> !revoked.contains(refresh.family()));
    }

    /** Whether a refresh token is the newest of its family. */
    synchronized boolean newest(Refresh refresh) {
        return families.getOrDefault(refresh.family(), refresh.number()) == refresh.number();
    }

    /** The next token of the family; the one before is dead. */
    synchronized String rotate(Refresh refresh) {
        Refresh next = new Refresh(refresh.userId(), refresh.family(), refresh.number() + 1);
        families.put(next.family(), next.number());
        return refreshToken(next);
    }

    /** Revokes a token, or a family of refresh tokens. */
    synchronized void revoke(String tokenOrFamily) {
        revoked.add(tokenOrFamily);
    }

    private String signed(String content) {
        String encoded = BASE64.encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return encoded + "." + mac(encoded);
    }

    private Optional<String> verified(String token) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        byte[] expected = mac(token.substring(0, dot)).getBytes(StandardCharsets.UTF_8);
        byte[] sent = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, sent)
                ? Optional.of(
                        new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    String mac(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
