package dev.rainmaker.attribution;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The written rule with what reports need to know of partners.
 *
 * @param types partner types of the CRM by role, compared without case
 * @param planAttribute partner attribute that holds its plan for a year
 * @param costAttributes partner attributes that together hold what the programme spends on it in a year
 */
public record AttributionPolicy(
        AttributionRules rules,
        Map<PartnerRole, List<String>> types,
        String planAttribute,
        List<String> costAttributes) {

    public AttributionPolicy {
        Map<PartnerRole, List<String>> copy = new EnumMap<>(PartnerRole.class);
        types.forEach((role, words) -> copy.put(role, List.copyOf(words)));
        types = java.util.Collections.unmodifiableMap(copy);
        costAttributes = List.copyOf(costAttributes);
    }

    /** The role of a partner of the given type; a reseller where the policy does not list the type. */
    public PartnerRole role(@Nullable String type) {
        if (type != null) {
            for (Map.Entry<PartnerRole, List<String>> role : types.entrySet()) {
                if (role.getValue().stream().anyMatch(type::equalsIgnoreCase)) {
                    return role.getKey();
                }
            }
        }
        return PartnerRole.RESELLER;
    }
}
