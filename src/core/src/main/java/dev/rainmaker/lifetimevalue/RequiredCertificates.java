package dev.rainmaker.lifetimevalue;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that partners of a tier, or partners authorised for a product, must hold.
 *
 * @param tier applies to this tier only, null = any
 * @param product applies to partners authorised for this product only, null = any
 * @param titles of the certificates
 */
public record RequiredCertificates(
        @Nullable String tier, @Nullable String product, Set<String> titles) {

    public RequiredCertificates {
        titles = Collections.unmodifiableSet(new TreeSet<>(titles));
        if (titles.isEmpty()) {
            throw new IllegalArgumentException("a rule of required certificates names no certificate");
        }
    }

    boolean appliesTo(PartnerTraits partner) {
        return (tier == null || tier.equals(partner.tier()))
                && (product == null || partner.products().contains(product));
    }
}
