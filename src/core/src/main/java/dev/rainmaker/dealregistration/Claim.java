package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
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

    /**
     * Whether both are about the same customer and products as stated: a change of anything else breaks no lock.
     *
     * @param remains the account that an account was merged into, the account itself where it was not
     */
    public boolean sameDealAs(Claim other, UnaryOperator<RecordId> remains) {
        return Objects.equals(customerName, other.customerName)
                && Objects.equals(customerDomain, other.customerDomain)
                && Objects.equals(customerCountry, other.customerCountry)
                && Objects.equals(remaining(customer, remains), remaining(other.customer, remains))
                && products.equals(other.products);
    }

    private static @Nullable RecordId remaining(@Nullable RecordId account, UnaryOperator<RecordId> remains) {
        return account == null ? null : remains.apply(account);
    }
}
