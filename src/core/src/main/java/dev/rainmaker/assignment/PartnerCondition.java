package dev.rainmaker.assignment;

import dev.rainmaker.partner.Partner;

/**
 * A condition on a partner alone, compiled elsewhere. It is evaluated once per partner when a policy or a partner
 * changes, never per lead, so it must be pure and must not depend on the clock.
 */
public interface PartnerCondition {

    boolean test(Partner partner);

    /** The condition as its author wrote it, shown in receipts. */
    String text();

    /** The condition that holds for every partner. */
    static PartnerCondition always() {
        return Always.OfPartner.PARTNER;
    }
}
