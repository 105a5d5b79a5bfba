package dev.rainmaker.account;

import org.jspecify.annotations.Nullable;

/** The public suffix list, private section included (so that two shops on one hosting domain stay two); kept outside the core. */
public interface PublicSuffixes {

    /**
     * The domain one label longer than its public suffix: {@code shop.example.co.uk} gives {@code example.co.uk}.
     *
     * @param host lower-case host name
     * @return null where the host is no domain name or is itself a public suffix
     */
    @Nullable
    String registrableDomain(String host);
}
