package dev.rainmaker.lead;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A person at a company who may buy.
 *
 * @param country ISO 3166-1 alpha-2, null where the source states none
 * @param products products of interest
 * @param requestedPartner the partner the end customer asked for, by name or id as the source has it
 * @param value expected deal value, where the source states one
 * @param leadClass class of the lead (size, segment) as mapped, null where unmapped
 * @param converted whether the CRM turned it into an opportunity
 * @param previousPartner who had it before Rainmaker
 * @param sourcedBy the partner who brought it
 * @param assignedPartner the partner the CRM shows now
 * @param assignedDecision the decision the CRM shows now, null where a person or nobody assigned
 * @param open false once worked to an end in the CRM (converted, unqualified, closed)
 * @param attributes further mapped fields, by name, for use in policies
 */
public record Lead(
        RecordId id,
        @Nullable String company,
        @Nullable String person,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String country,
        @Nullable String state,
        @Nullable String industry,
        @Nullable Money annualRevenue,
        @Nullable Integer employees,
        Set<String> products,
        @Nullable String language,
        @Nullable String requestedPartner,
        @Nullable Money value,
        @Nullable String leadClass,
        @Nullable String status,
        boolean open,
        boolean converted,
        @Nullable RecordId convertedOpportunity,
        @Nullable RecordId previousPartner,
        @Nullable RecordId sourcedBy,
        @Nullable RecordId assignedPartner,
        @Nullable String assignedDecision,
        @Nullable String ownerId,
        boolean ownerActive,
        Map<String, String> attributes,
        Instant createdAt,
        Instant modifiedAt)
        implements Fact {

    public Lead {
        company = Text.orNull(company);
        person = Text.orNull(person);
        email = Text.orNull(email);
        phone = Text.orNull(phone);
        country = Text.orNull(country);
        state = Text.orNull(state);
        industry = Text.orNull(industry);
        language = Text.orNull(language);
        requestedPartner = Text.orNull(requestedPartner);
        leadClass = Text.orNull(leadClass);
        status = Text.orNull(status);
        assignedDecision = Text.orNull(assignedDecision);
        products = Collections.unmodifiableSet(new TreeSet<>(products));
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        if (employees != null && employees < 0) {
            throw new IllegalArgumentException("employees must not be negative: " + employees);
        }
    }

    @Override
    public FactKind kind() {
        return FactKind.LEAD;
    }

    /** This lead as it was before anybody had it: open, not converted, assigned to nobody. */
    public Lead asItCame() {
        return new Lead(
                id,
                company,
                person,
                email,
                phone,
                country,
                state,
                industry,
                annualRevenue,
                employees,
                products,
                language,
                requestedPartner,
                value,
                leadClass,
                status,
                true,
                false,
                null,
                previousPartner,
                sourcedBy,
                null,
                null,
                ownerId,
                ownerActive,
                attributes,
                createdAt,
                modifiedAt);
    }
}
