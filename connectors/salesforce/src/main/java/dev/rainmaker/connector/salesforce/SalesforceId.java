package dev.rainmaker.connector.salesforce;

import java.util.Optional;

/** Record ids: 15 case-sensitive characters, or 18 of which the last three are a checksum of the case. */
final class SalesforceId {

    private static final String CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private SalesforceId() {}

    /** The 18-character form; empty where the text is no id or its checksum is wrong. */
    static Optional<String> canonical(String id) {
        int length = id.length();
        if (length != 15 && length != 18 || !isAlphanumeric(id)) {
            return Optional.empty();
        }
        String full = id.substring(0, 15) + checksum(id);
        return length == 15 || full.equals(id) ? Optional.of(full) : Optional.empty();
    }

    private static boolean isAlphanumeric(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    private static String checksum(String id) {
        char[] check = new char[3];
        for (int group = 0; group < 3; group++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = id.charAt(group * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            check[group] = CHECK.charAt(bits);
        }
        return new String(check);
    }
}
