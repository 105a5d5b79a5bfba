package dev.rainmaker.sandbox.world;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes valid 18-character Salesforce ids from a source's own keys: 3 characters for the object, 3 for the source, 9 for the
 * key, 3 of checksum. Two sources cannot collide, one source gives the same id for the same key for ever.
 */
final class SalesforceId {
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final BigInteger KEY_SPACE = BigInteger.valueOf(62).pow(9);

    private SalesforceId() {}

    /** The id of a record that the source numbers. */
    static String numbered(ExportObject object, String source, long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a record number must not be negative: " + number);
        }
        char[] key = "000000000".toCharArray();
        long rest = number;
        for (int i = key.length - 1; i >= 0; i--) {
            key[i] = BASE_62.charAt((int) (rest % 62));
            rest /= 62;
        }
        return withChecksum(object.keyPrefix() + source + new String(key));
    }

    /** The id of a record that the source names: 53 bits of the key's SHA-256, so keys of one source practically never meet. */
    static String named(ExportObject object, String source, String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return numbered(
                    object, source, new BigInteger(1, digest).mod(KEY_SPACE).longValueExact());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256, which every Java must have", e);
        }
    }

    /** Whether an 18-character id carries this source's mark. */
    static boolean isOf(String source, String id) {
        return id.startsWith(source, 3);
    }

    /** Appends the three characters that encode which of the 15 are capital letters, five positions to a character. */
    static String withChecksum(String fifteen) {
        if (fifteen.length() != 15) {
            throw new IllegalArgumentException("a Salesforce id has 15 characters before its checksum: " + fifteen);
        }
        StringBuilder id = new StringBuilder(fifteen);
        for (int block = 0; block < 3; block++) {
            int capitals = 0;
            for (int i = 0; i < 5; i++) {
                char c = fifteen.charAt(block * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    capitals |= 1 << i;
                }
            }
            id.append(CHECKSUM.charAt(capitals));
        }
        return id.toString();
    }
}
