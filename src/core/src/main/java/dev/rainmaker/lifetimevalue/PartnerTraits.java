package dev.rainmaker.lifetimevalue;

import dev.rainmaker.partner.Partner;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a partner is, as far as its value is concerned: cohorts, requirements and the ideal profile use it.
 *
 * @param territory first country (ISO 3166-1 alpha-2) or other area, null where unknown
 */
public record PartnerTraits(
        @Nullable String type,
        @Nullable String tier,
        @Nullable String territory,
        Set<String> products) {

    public static final PartnerTraits UNKNOWN = new PartnerTraits(null, null, null, Set.of());

    public PartnerTraits {
        products = Collections.unmodifiableSet(new TreeSet<>(products));
    }

    public static PartnerTraits of(Partner partner) {
        return new PartnerTraits(
                partner.type(),
                partner.tier(),
                partner.countries().isEmpty()
                        ? null
                        : partner.countries().iterator().next(),
                partner.products());
    }
}
