package dev.rainmaker.sandbox.hubspot.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signatures that go out with an event: the parts' UTF-8 bytes one after the other, without separators. */
public final class Signature {

    private Signature() {}

    /** hex(SHA-256(secret + body)). */
    public static String v1(String secret, String body) {
        return hex(secret + body);
    }

    /** hex(SHA-256(secret + method + URI + body)). */
    public static String v2(String secret, String method, String uri, String body) {
        return hex(secret + method + uri + body);
    }

    private static String hex(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** base64(HMAC-SHA256(secret, method + URI + body + timestamp)). */
    public static String v3(String secret, String method, String uri, String body, String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal((method + uri + body + timestamp).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
