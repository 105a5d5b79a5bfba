package dev.rainmaker.attribution;

import java.util.Locale;

/** What a partner is to the vendor. */
public enum PartnerRole {
    RESELLER,
    INTEGRATOR,
    REFERRAL,
    CO_SELL;

    /** The word used in policies and reports, such as {@code co-sell}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
