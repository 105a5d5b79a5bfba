package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What Rainmaker says of a partner's value as of a day. Results compare only where as-of day, model, reference and policy version
 * are the same.
 *
 * @param value forecast in money
 * @param probabilityAlive that the partner sells again
 * @param method that made the forecast
 * @param score 0..100, two decimals, the sum of the terms' points
 * @param terms all nine, in their order
 * @param confidence in [0, 1]: weighted over the terms
 */
public record PlvResult(
        String partner,
        LocalDate asOf,
        PlvValue value,
        double probabilityAlive,
        String method,
        BigDecimal score,
        List<ScoreTerm> terms,
        double confidence,
        String modelVersion,
        String referenceVersion,
        String policyVersion) {

    public PlvResult {
        terms = List.copyOf(terms);
    }

    public ScoreTerm term(PlvTerm term) {
        return terms.get(term.ordinal());
    }

    /** Throws {@link IllegalArgumentException} where the other result must not be compared with this one. */
    public void requireComparable(PlvResult other) {
        if (!modelVersion.equals(other.modelVersion)
                || !referenceVersion.equals(other.referenceVersion)
                || !policyVersion.equals(other.policyVersion)) {
            throw new IllegalArgumentException("scores of different versions must not be compared: " + partner + " has "
                    + versions() + ", " + other.partner + " has " + other.versions() + "; score both with one version");
        }
    }

    private String versions() {
        return "model " + modelVersion + ", reference " + referenceVersion + ", policy " + policyVersion;
    }
}
