package dev.rainmaker.assignment;

/** A condition on a lead, compiled elsewhere (the expression language is no part of the core). Must be pure. */
public interface Condition {

    boolean test(LeadView lead);

    /** The condition as its author wrote it, shown in receipts. */
    String text();

    /** The condition that holds for every lead. */
    static Condition always() {
        return Always.LEAD;
    }
}
