package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A registration as a connected system states it; {@link Registration} is what became of it.
 *
 * @param partner who claims the deal
 * @param customer the customer's account, where the source names one
 * @param products products it is about; empty means all
 * @param state as the source shows it, in the source's words
 * @param number the registration's number, once it has one
 * @param createdAt the source's stamp of its creation: who was first
 */
public record DealRegistration(
        RecordId id,
        @Nullable RecordId partner,
        @Nullable String customerName,
        @Nullable String customerDomain,
        @Nullable String customerCountry,
        @Nullable RecordId customer,
        Set<String> products,
        @Nullable Money amount,
        @Nullable LocalDate closeDate,
        @Nullable String contactEmail,
        @Nullable String note,
        @Nullable String state,
        @Nullable String stateReason,
        @Nullable Instant lockUntil,
        @Nullable String number,
        @Nullable Instant createdAt,
        Instant modifiedAt)
        implements Fact {

    public DealRegistration {
        customerName = Text.orNull(customerName);
        customerDomain = Text.orNull(customerDomain);
        customerCountry = Text.orNull(customerCountry);
        contactEmail = Text.orNull(contactEmail);
        note = Text.orNull(note);
        state = Text.orNull(state);
        stateReason = Text.orNull(stateReason);
        number = Text.orNull(number);
        products = Collections.unmodifiableSet(new TreeSet<>(products));
    }

    @Override
    public FactKind kind() {
        return FactKind.DEAL_REGISTRATION;
    }

    /** What it claims. */
    public Claim claim() {
        return new Claim(
                customerName,
                customerDomain,
                customerCountry,
                customer,
                products,
                amount,
                closeDate,
                contactEmail,
                note);
    }
}
