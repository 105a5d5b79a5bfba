package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How likely each partner was to get a lead: the whole distribution of a decision, of which the receipt keeps the best.
 *
 * @param of chance of each partner that has one, in (0, 1]; they add up to 1, or are empty where nobody gets the lead
 * @param offered whether the lead is offered instead: then no chance is known
 */
public record Chances(Map<RecordId, BigDecimal> of, boolean offered) {

    public Chances {
        of = Collections.unmodifiableMap(new TreeMap<>(of));
    }

    /** The chance of a partner, of nobody where it is null; empty where the lead is offered. */
    public Optional<BigDecimal> of(@Nullable RecordId partner) {
        if (offered) {
            return Optional.empty();
        }
        return Optional.of(
                partner == null
                        ? of.isEmpty() ? BigDecimal.ONE : BigDecimal.ZERO
                        : of.getOrDefault(partner, BigDecimal.ZERO));
    }

    static Chances of(Decision decision, @Nullable Choice choice, PartnerIndex index) {
        if (decision instanceof Decision.Offered) {
            return new Chances(Map.of(), true);
        }
        if (!(decision instanceof Decision.Assigned assigned)) {
            return new Chances(Map.of(), false);
        }
        Propensities propensities = choice == null ? null : choice.propensities();
        if (choice == null || propensities == null) { // the fallback partner
            return new Chances(Map.of(assigned.partner(), BigDecimal.ONE), false);
        }
        Map<RecordId, BigDecimal> chances = new TreeMap<>();
        for (int i = 0; i < choice.ordinals().length; i++) {
            if (propensities.units(i) > 0) {
                chances.put(index.partner(choice.ordinals()[i]).id(), propensities.of(i));
            }
        }
        return new Chances(chances, false);
    }
}
