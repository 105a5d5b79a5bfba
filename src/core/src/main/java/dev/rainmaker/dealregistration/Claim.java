package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a partner says of the deal it registers.
 *
 * @param customer the customer's record in a connected system, where known
 * @param products names of products or families; empty means all
 */
public record Claim(
        @Nullable String customerName,
        @Nullable String customerDomain,
        @Nullable String customerCountry,
        @Nullable RecordId customer,
        Set<String> products,
        @Nullable Money amount,
        @Nullable LocalDate closeDate,
        @Nullable String contactEmail,
        @Nullable String note) {

    public Claim {
        customerName = Text.orNull(customerName);
        customerDomain = Text.orNull(customerDomain);
        customerCountry = Text.orNull(customerCountry);
        contactEmail = Text.orNull(contactEmail);
        note = Text.orNull(note);
        products = Collections.unmodifiableSet(new TreeSet<>(products));
    }

    /** Whether both are about the same customer and products as stated: a change of anything else breaks no lock. */
    public boolean sameDealAs(Claim other) {
        return java.util.Objects.equals(customerName, other.customerName)
                && java.util.Objects.equals(customerDomain, other.customerDomain)
                && java.util.Objects.equals(customerCountry, other.customerCountry)
                && java.util.Objects.equals(customer, other.customer)
                && products.equals(other.products);
    }
}
