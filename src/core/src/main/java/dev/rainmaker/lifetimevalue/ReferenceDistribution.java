package dev.rainmaker.lifetimevalue;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where a tenant's partners stood at one instant, frozen: a score is a position in it, so that one event moves one partner only.
 *
 * @param version names it in results; scores of different versions must not be compared
 * @param modelVersion the model whose metrics these are
 * @param partners in it
 */
public record ReferenceDistribution(
        String version, String modelVersion, LocalDate asOf, int partners, Map<PlvTerm, TermReference> terms) {

    public ReferenceDistribution {
        EnumMap<PlvTerm, TermReference> all = new EnumMap<>(PlvTerm.class);
        for (PlvTerm term : PlvTerm.values()) {
            all.put(term, terms.getOrDefault(term, TermReference.absent(term)));
        }
        terms = Collections.unmodifiableMap(all);
    }

    TermReference of(PlvTerm term) {
        return java.util.Objects.requireNonNull(terms.get(term));
    }

    /** Whether no partner of the tenant has this metric. */
    public boolean drops(PlvTerm term) {
        return of(term).observed() == 0;
    }
}
