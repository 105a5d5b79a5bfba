package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;

/**
 * What the business decides about one term of the score.
 *
 * @param weight share of the score, 0..1; the weights of a policy sum to 1
 * @param higherIsBetter direction
 * @param priorStrength so many observations give the term half of full confidence; above 0
 */
public record TermPolicy(BigDecimal weight, boolean higherIsBetter, Normalisation normalisation, double priorStrength) {

    public TermPolicy {
        if (weight.signum() < 0 || weight.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("a weight must be between 0 and 1, not " + weight);
        }
        if (!(priorStrength > 0)) {
            throw new IllegalArgumentException("prior-strength must be above 0, not " + priorStrength);
        }
    }
}
