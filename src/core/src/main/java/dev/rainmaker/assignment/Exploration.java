package dev.rainmaker.assignment;

import java.math.BigDecimal;

/**
 * How often a decision gives up the best known partner to learn about others.
 *
 * @param kind how the explored partner is chosen
 * @param share probability of exploring, 0..1; with 1 the kind decides alone
 * @param among explored partners at most, 2..200: those with the highest optimistic utility (mean + 2 standard deviations)
 */
public record Exploration(Kind kind, BigDecimal share, int among) {

    /** Always the best known partner. */
    public static final Exploration NONE = new Exploration(Kind.NONE, BigDecimal.ZERO, 20);

    /** In one decision of ten, a partner with the probability that it is the best one. */
    public static final Exploration TENTH = new Exploration(Kind.THOMPSON, new BigDecimal("0.1"), 20);

    /** How the explored partner is chosen. */
    public enum Kind {
        NONE,
        /** With the probability that it is the best, given what is known (Thompson sampling). */
        THOMPSON,
        /** All alike. */
        UNIFORM
    }

    public Exploration {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("the share of exploration lies in 0..1, not " + share.toPlainString());
        }
        if (among < 2 || among > 200) {
            throw new IllegalArgumentException("exploration is among 2..200 partners, not " + among);
        }
    }
}
