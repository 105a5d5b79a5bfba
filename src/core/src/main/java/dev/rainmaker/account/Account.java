package dev.rainmaker.account;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A customer company.
 *
 * @param country ISO 3166-1 alpha-2
 * @param parent the company it belongs to
 * @param namedPartner the partner that holds it as a named account
 * @param attributes further mapped fields, by name
 */
public record Account(
        RecordId id,
        String name,
        @Nullable String website,
        @Nullable String phone,
        @Nullable String country,
        @Nullable String state,
        @Nullable String industry,
        @Nullable Money annualRevenue,
        @Nullable Integer employees,
        @Nullable RecordId parent,
        @Nullable RecordId namedPartner,
        Map<String, String> attributes,
        Instant modifiedAt)
        implements Fact {

    public Account {
        name = Text.required(name, "the account's name");
        website = Text.orNull(website);
        phone = Text.orNull(phone);
        country = Text.orNull(country);
        state = Text.orNull(state);
        industry = Text.orNull(industry);
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    @Override
    public FactKind kind() {
        return FactKind.ACCOUNT;
    }
}
