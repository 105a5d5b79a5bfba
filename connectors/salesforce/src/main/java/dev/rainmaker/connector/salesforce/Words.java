package dev.rainmaker.connector.salesforce;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Makes a vendor's words fit for one line of ours. */
final class Words {

    private Words() {}

    /** Without line breaks and other control characters, at most so long. */
    static String clean(String text, int most) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    /** The host of an address, without path, query and user, which could hold secrets. */
    static String host(@Nullable String address) {
        if (address == null) {
            return "an unnamed place";
        }
        try {
            URI uri = URI.create(address.strip());
            if (uri.getHost() != null) {
                return clean(uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()), 100);
            }
        } catch (IllegalArgumentException notAnAddress) {
            return "an address that is none";
        }
        return "another path";
    }
}
