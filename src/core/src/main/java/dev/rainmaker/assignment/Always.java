package dev.rainmaker.assignment;

import dev.rainmaker.partner.Partner;

/** The conditions that always hold; one instance each, so that a check can recognise them. */
enum Always implements Condition {
    LEAD;

    /** The counterpart for partners. */
    enum OfPartner implements PartnerCondition {
        PARTNER;

        @Override
        public boolean test(Partner partner) {
            return true;
        }

        @Override
        public String text() {
            return "true";
        }
    }

    @Override
    public boolean test(LeadView lead) {
        return true;
    }

    @Override
    public String text() {
        return "true";
    }
}
