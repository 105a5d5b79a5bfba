package dev.rainmaker.assignment;

/**
 * Why a partner is not eligible for a lead, in the order in which it is checked: the first that applies is the one the
 * receipt shows. Each also names the reason of a lead for which it removed the last candidate.
 */
public enum Exclusion {
    INACTIVE("is not active", "no-active-partner"),
    OWNER_INACTIVE("has an inactive owner in the CRM", "no-active-partner"),
    EXCLUDED("is excluded by the policy", "pool-empty"),
    OUTSIDE_RING("is not in the pool's ring of partners", "pool-empty"),
    TIER("is not of a tier the pool asks for", "pool-empty"),
    CONDITION("does not meet the pool's condition on partners", "pool-empty"),
    LOCKED("is shut out: the deal is locked for another partner", "customer-locked"),
    TERRITORY("does not sell in the lead's country", "territory-uncovered"),
    STATE("does not sell in the lead's state", "territory-uncovered"),
    PRODUCT("is not authorised for the lead's products", "product-uncovered"),
    INDUSTRY("does not know the lead's industry", "industry-uncovered"),
    LANGUAGE("does not speak the lead's language", "language-uncovered"),
    CERTIFICATE("lacks a valid certificate the pool asks for", "certificate-uncovered"),
    SCORE("is below the pool's least PLV score", "score-uncovered"),
    DECLINED("declined this lead or let it lapse", "all-declined"),
    ABSENT("is away", "all-absent"),
    CLOSED("is outside its business hours", "all-closed"),
    COOL_DOWN("got its last lead too recently", "capacity-exhausted"),
    CAPACITY("holds as many open leads as it may", "capacity-exhausted"),
    PERIOD_CAPACITY("got as many leads in this period as it may", "capacity-exhausted"),
    PASSED_OVER("does not meet a preference that others meet", "pool-empty"),
    UNCLAIMED("has no claim on this customer", "no-claim");

    private final String text;
    private final String unassigned;

    Exclusion(String text, String unassigned) {
        this.text = text;
        this.unassigned = unassigned;
    }

    /** The code used in receipts, such as {@code owner-inactive}. */
    public String code() {
        return Words.of(this);
    }

    /** What is said of the partner: "the partner ...". */
    public String text() {
        return text;
    }

    /** The reason code of a lead whose last candidate this removed. */
    public String unassignedCode() {
        return unassigned;
    }
}
