package dev.rainmaker.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a claim can be worked with at all; every problem is told at once, and nothing is kept of a claim that has one. */
public final class ClaimCheck {

    /** Why nothing can be registered with a customer that the policy calls closed. */
    public static final String CLOSED = "the customer is closed: no deal can be registered with it";

    private static final int SHORT = 255;
    private static final int LONG = 32_000;

    private final DealPolicy policy;
    private final List<String> problems = new ArrayList<>();

    private ClaimCheck(DealPolicy policy) {
        this.policy = policy;
    }

    /**
     * Checks a claim.
     *
     * @param partner null where the ledger knows no such partner
     * @param customer the account the claim names or certainly is about, null where the ledger knows none
     * @param mergedInto where the account it names was merged away: the one that took it in
     * @param catalogue products that are sold, as the catalogue writes them
     * @return what is wrong; empty where nothing is
     */
    public static List<String> problems(
            Claim claim,
            @Nullable Partner partner,
            @Nullable Account customer,
            @Nullable RecordId mergedInto,
            Set<String> catalogue,
            DealPolicy policy) {
        return new ClaimCheck(policy).check(claim, partner, customer, mergedInto, catalogue);
    }

    private List<String> check(
            Claim claim,
            @Nullable Partner partner,
            @Nullable Account customer,
            @Nullable RecordId mergedInto,
            Set<String> catalogue) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        fields.put("customerName", claim.customerName());
        fields.put("customerDomain", claim.customerDomain());
        fields.put("customerCountry", claim.customerCountry());
        fields.put("customer", claim.customer());
        fields.put("products", claim.products().isEmpty() ? null : String.join("; ", claim.products()));
        fields.put("amount", claim.amount());
        fields.put("closeDate", claim.closeDate());
        fields.put("contactEmail", claim.contactEmail());
        fields.put("note", claim.note());
        fields.forEach((name, value) -> {
            if (value == null && policy.required().contains(name)) {
                problems.add(name + " is missing");
            } else if (value instanceof String text) {
                text(name, text);
            }
        });
        if (claim.customerName() == null && claim.customerDomain() == null && claim.customer() == null) {
            problems.add("no customer is named: customerName, customerDomain or customer is needed");
        }
        if (claim.amount() != null && claim.amount().amount().signum() < 0) {
            problems.add("amount must not be negative: " + claim.amount());
        }
        partner(partner);
        if (claim.customer() != null && customer == null) {
            problems.add(
                    mergedInto == null
                            ? "there is no customer account " + claim.customer() + ", or it was deleted"
                            : "the customer account " + claim.customer() + " was merged into " + mergedInto
                                    + ": name that one");
        }
        if (customer != null && policy.closedCustomer().test(customer)) {
            problems.add(CLOSED);
        }
        products(claim, catalogue);
        return List.copyOf(problems);
    }

    private void partner(@Nullable Partner partner) {
        if (partner == null) {
            problems.add("there is no such partner");
        } else if (!partner.active()) {
            problems.add("the partner is not active");
        }
    }

    private void text(String name, String text) {
        int most = name.equals("note") || name.equals("products") ? LONG : SHORT;
        if (text.length() > most) {
            problems.add(name + " has " + text.length() + " characters; at most " + most + " are kept");
            return;
        }
        text.codePoints()
                .filter(ClaimCheck::isUnfit)
                .findFirst()
                .ifPresent(bad -> problems.add(name + " holds the character U+" + String.format("%04X", bad)
                        + ", which is not for names and notes"));
    }

    /** Control characters, those that turn the direction of the text around them, halves of characters. */
    private static boolean isUnfit(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL && character != '\n' && character != '\r' && character != '\t'
                || type == Character.SURROGATE
                || character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069
                || character == 0xFFFE
                || character == 0xFFFF;
    }

    private void products(Claim claim, Set<String> catalogue) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(catalogue);
        policy.families().forEach((family, products) -> {
            known.add(family);
            known.addAll(products);
        });
        claim.products().stream()
                .filter(product -> !known.contains(product))
                .filter(product -> product.length() <= SHORT)
                .findFirst()
                .ifPresent(product -> problems.add("there is no product \"" + product + "\"; there are "
                        + (known.isEmpty() ? "none" : String.join(", ", known))));
    }

    /** What a claim covers, families resolved to their products, names as the catalogue writes them. */
    public static ProductScope scope(Claim claim, Set<String> catalogue, DealPolicy policy) {
        TreeSet<String> products = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String product : claim.products()) {
            Set<String> family = policy.families().get(product);
            if (family != null) {
                products.addAll(family);
            } else {
                products.add(catalogue.stream()
                        .filter(product::equalsIgnoreCase)
                        .findFirst()
                        .orElse(product));
            }
        }
        return new ProductScope(products);
    }
}
