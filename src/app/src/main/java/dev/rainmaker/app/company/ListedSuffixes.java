package dev.rainmaker.app.company;

import com.google.common.net.InternetDomainName;
import dev.rainmaker.account.PublicSuffixes;
import org.jspecify.annotations.Nullable;

/** The public suffix list as Guava carries it, private section included. */
final class ListedSuffixes implements PublicSuffixes {

    @Override
    public @Nullable String registrableDomain(String host) {
        if (!InternetDomainName.isValid(host)) {
            return null;
        }
        InternetDomainName name = InternetDomainName.from(host);
        return name.isUnderPublicSuffix() ? name.topPrivateDomain().toString() : null;
    }
}
