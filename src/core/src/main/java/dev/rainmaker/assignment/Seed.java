package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The only source of chance in a decision: SHA-256 of policy version, lead and attempt, so that chance is fixed before
 * anybody looks and can be checked by everybody afterwards.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Seed(String hex) {

    public Seed {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a seed is 64 hexadecimal digits, not \"" + hex + "\"");
        }
    }

    public static Seed of(String policyVersion, RecordId lead, int attempt) {
        return new Seed(sha256(policyVersion + "\n" + lead + "\n" + attempt));
    }

    /** A whole number in 0 .. bound-1, uniform to within 2^-64 * bound. */
    long below(long bound) {
        long bits = Long.parseUnsignedLong(hex.substring(0, 16), 16);
        long high = Math.multiplyHigh(bits, bound);
        return bits < 0 ? high + bound : high;
    }

    /** A number that orders partners by chance; it depends on this partner and the seed alone. */
    long rank(RecordId partner) {
        return Long.parseUnsignedLong(sha256(hex + "\n" + partner).substring(0, 16), 16);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
