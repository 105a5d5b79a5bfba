package dev.rainmaker.dealregistration;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a lock covers: some products, or all of them, those that are not sold yet included.
 *
 * @param products names as the catalogue writes them, sorted without regard to case; empty means all
 */
public record ProductScope(Set<String> products) {

    /** Everything. */
    public static final ProductScope ALL = new ProductScope(Set.of());

    public ProductScope {
        TreeSet<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sorted.addAll(products);
        products = Collections.unmodifiableSet(sorted);
    }

    public boolean isAll() {
        return products.isEmpty();
    }

    /** Whether one product is in both; all products overlap with any. */
    public boolean overlaps(ProductScope other) {
        return isAll() || other.isAll() || products.stream().anyMatch(other.products::contains);
    }

    /** As people and the CRM read it. */
    public String text() {
        return isAll() ? "all products" : String.join("; ", products);
    }

    /** The key under which the ledger numbers a product. */
    public static String key(String product) {
        return product.strip().toLowerCase(Locale.ROOT);
    }
}
