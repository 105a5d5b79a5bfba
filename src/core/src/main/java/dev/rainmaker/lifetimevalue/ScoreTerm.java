package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;

/**
 * One term of a score, as shown.
 *
 * @param metric the raw metric, in its own unit; the prior where the partner lacks it
 * @param position s in [0, 1] against the reference distribution
 * @param weight effective weight, after metrics absent for the whole tenant were dropped; 0 for these
 * @param points of the score; all points of a partner sum to its score exactly
 * @param confidence in [0, 1]: how much the partner's own data stand behind the metric
 * @param note what a reader should know, may be empty
 */
public record ScoreTerm(
        PlvTerm term,
        double metric,
        double position,
        double weight,
        BigDecimal points,
        double confidence,
        String note) {}
