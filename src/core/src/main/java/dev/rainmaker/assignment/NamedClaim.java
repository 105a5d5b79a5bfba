package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a partner holds on a customer, and why.
 *
 * @param products products the claim covers; empty means all
 * @param from first instant it holds, null for always
 * @param until first instant it no longer holds, null for ever
 * @param evidence the record it rests on (account, contract, registration)
 * @param sequence ledger sequence of that record
 * @param basis how the lead was found to concern that record, such as {@code domain acme.de, 0.95}; null where nothing had
 *     to be matched
 */
public record NamedClaim(
        RecordId partner,
        Kind kind,
        Set<String> products,
        @Nullable Instant from,
        @Nullable Instant until,
        RecordId evidence,
        long sequence,
        @Nullable String basis) {

    /** Stronger kinds first; within a kind the older evidence, then ids: total, so that input order never matters. */
    static final Comparator<NamedClaim> ORDER = Comparator.comparing(NamedClaim::kind)
            .thenComparingLong(NamedClaim::sequence)
            .thenComparing(NamedClaim::evidence)
            .thenComparing(NamedClaim::partner);

    /** What the claim rests on; the order is the default precedence. */
    public enum Kind {
        DEAL_LOCK,
        CONTRACT,
        CUSTOMER_REQUEST,
        /** It has an earlier lead of the same prospect. */
        EARLIER_LEAD,
        PROGRAMME,
        PRODUCT,
        QUALIFICATION,
        NAMED_ACCOUNT,
        TERRITORY;

        /** The word used in policies and receipts, such as {@code deal-lock}. */
        public String word() {
            return Words.of(this);
        }
    }

    public NamedClaim {
        products = Collections.unmodifiableSet(new TreeSet<>(products));
    }

    /** A claim on a record that the lead names itself. */
    public NamedClaim(
            RecordId partner,
            Kind kind,
            Set<String> products,
            @Nullable Instant from,
            @Nullable Instant until,
            RecordId evidence,
            long sequence) {
        this(partner, kind, products, from, until, evidence, sequence, null);
    }

    boolean holdsAt(Instant now) {
        return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
    }

    boolean covers(Set<String> wanted) {
        if (products.isEmpty() || wanted.isEmpty()) {
            return true;
        }
        return wanted.stream().anyMatch(product -> products.stream().anyMatch(product::equalsIgnoreCase));
    }
}
