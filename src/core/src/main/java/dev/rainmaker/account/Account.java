package dev.rainmaker.account;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A customer company.
 *
 * @param country ISO 3166-1 alpha-2
 * @param parent the company it belongs to
 * @param namedPartner the partner that holds it as a named account
 * @param namedBasis what that rests on, such as {@code contract} or {@code programme}; null for a plain named account
 * @param namedProducts products it holds it for; empty means all
 * @param namedUntil last day on which it holds it, null without end
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
        @Nullable String namedBasis,
        Set<String> namedProducts,
        @Nullable LocalDate namedUntil,
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
        namedBasis = Text.orNull(namedBasis);
        namedProducts = Collections.unmodifiableSet(new TreeSet<>(namedProducts));
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** A company that is nobody's named account, or whose holder holds all of it without end. */
    public Account(
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
            Instant modifiedAt) {
        this(
                id,
                name,
                website,
                phone,
                country,
                state,
                industry,
                annualRevenue,
                employees,
                parent,
                namedPartner,
                null,
                Set.of(),
                null,
                attributes,
                modifiedAt);
    }

    @Override
    public FactKind kind() {
        return FactKind.ACCOUNT;
    }
}
