package dev.rainmaker.partner;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A company that sells for the vendor.
 *
 * @param countries where it may sell: ISO 3166-1 alpha-2 codes; empty means nowhere known
 * @param states narrower territories inside those countries, as the source writes them; empty means the whole country
 * @param industries industries it knows; empty means none stated
 * @param products products it is authorised for; empty means none stated
 * @param languages ISO 639-1 codes
 * @param active false once deactivated or off-boarded: it gets no new lead
 * @param maxOpenLeads how many accepted or pending leads it may hold at once, null where no limit is stated
 * @param timeZone IANA zone of its business hours
 * @param ownerActive whether its channel manager in the CRM is an active user
 * @param attributes further mapped fields, by name, for use in policies
 */
public record Partner(
        RecordId id,
        String name,
        @Nullable String tier,
        @Nullable String type,
        Set<String> countries,
        Set<String> states,
        Set<String> industries,
        Set<String> products,
        Set<String> languages,
        boolean active,
        @Nullable Integer maxOpenLeads,
        @Nullable String timeZone,
        @Nullable String website,
        @Nullable String phone,
        @Nullable LocalDate since,
        @Nullable String ownerId,
        boolean ownerActive,
        Map<String, String> attributes,
        Instant modifiedAt)
        implements Fact {

    public Partner {
        name = Text.required(name, "the partner's name");
        tier = Text.orNull(tier);
        type = Text.orNull(type);
        countries = sorted(countries);
        states = sorted(states);
        industries = sorted(industries);
        products = sorted(products);
        languages = sorted(languages);
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
        if (maxOpenLeads != null && maxOpenLeads < 0) {
            throw new IllegalArgumentException("maxOpenLeads must not be negative: " + maxOpenLeads);
        }
    }

    private static Set<String> sorted(Set<String> words) {
        return java.util.Collections.unmodifiableSet(new TreeSet<>(words));
    }

    @Override
    public FactKind kind() {
        return FactKind.PARTNER;
    }
}
