package dev.rainmaker.sandbox.salesforce.record;

import java.util.Optional;

/**
 * Record ids: 3 characters of key prefix, 12 of base 62, and 3 that encode which of the first 15 are upper case.
 *
 * <p>The 15-character form is case-sensitive, the 18-character form is not; both denote the same record. Everything here
 * is kept and compared in the 18-character form.
 */
public final class SalesforceId {

    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SHORT = 15;
    private static final int LONG = 18;

    private SalesforceId() {}

    /** The id of the n-th record of an object, 18 characters. {@code instance} (3 characters) tells orgs apart. */
    public static String of(String prefix, String instance, long number) {
        StringBuilder digits = new StringBuilder();
        for (long rest = number; rest > 0; rest /= DIGITS.length()) {
            digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        while (digits.length() < SHORT - prefix.length() - instance.length()) {
            digits.append('0');
        }
        return withSuffix(prefix + instance + digits.reverse());
    }

    /** The 18-character form of a well-formed id of either length, nothing if it is malformed or its suffix wrong. */
    public static Optional<String> parse(String text) {
        if (text.length() != SHORT && text.length() != LONG) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (DIGITS.indexOf(text.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        if (text.length() == SHORT) {
            return Optional.of(withSuffix(text));
        }
        return restoreCase(text);
    }

    /** The first 3 characters: which object the record belongs to. */
    public static String prefix(String id) {
        return id.substring(0, 3);
    }

    /** The 15-character form. */
    public static String shortForm(String id) {
        return id.substring(0, SHORT);
    }

    private static String withSuffix(String id15) {
        StringBuilder id = new StringBuilder(id15);
        for (int chunk = 0; chunk < 3; chunk++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = id15.charAt(chunk * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            id.append(SUFFIX.charAt(bits));
        }
        return id.toString();
    }

    private static Optional<String> restoreCase(String id18) {
        StringBuilder id = new StringBuilder(LONG);
        for (int i = 0; i < SHORT; i++) {
            int bits = SUFFIX.indexOf(Character.toUpperCase(id18.charAt(SHORT + i / 5)));
            if (bits < 0) {
                return Optional.empty();
            }
            char c = id18.charAt(i);
            boolean upper = (bits & 1 << i % 5) != 0;
            if (upper && !Character.isLetter(c)) {
                return Optional.empty();
            }
            id.append(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return Optional.of(withSuffix(id.toString()));
    }
}
