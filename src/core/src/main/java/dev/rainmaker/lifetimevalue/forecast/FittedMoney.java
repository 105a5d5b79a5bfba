package dev.rainmaker.lifetimevalue.forecast;

import dev.rainmaker.lifetimevalue.model.GammaGamma;
import dev.rainmaker.lifetimevalue.model.GammaGammaFit;
import org.jspecify.annotations.Nullable;

/**
 * Money per deal day, learned from all partners.
 *
 * @param p of Gamma-Gamma, 0 where it could not be fitted
 * @param q of Gamma-Gamma
 * @param gamma of Gamma-Gamma
 * @param meanPerDay mean over all deal days, the stand-in where Gamma-Gamma must not be used
 * @param partners with positive money
 * @param problem why Gamma-Gamma is not used, null where it is
 */
public record FittedMoney(
        double p,
        double q,
        double gamma,
        double meanPerDay,
        int partners,
        @Nullable String problem) {

    /** Deal days of other partners that stand behind a partner's own mean where Gamma-Gamma is not used. */
    private static final double STAND_IN_DAYS = 2;

    static FittedMoney of(GammaGammaFit fit, double meanPerDay) {
        GammaGamma model = fit.model();
        return model == null
                ? new FittedMoney(0, 0, 0, meanPerDay, fit.partners(), fit.problem())
                : new FittedMoney(model.p(), model.q(), model.gamma(), meanPerDay, fit.partners(), fit.problem());
    }

    /** Expected money per deal day of a partner with {@code days} deal days of {@code mean}; never falls as the mean rises. */
    public double expected(int days, double mean) {
        if (problem == null) {
            return p * (gamma + days * Math.max(0, mean)) / (p * days + q - 1);
        }
        return (days * Math.max(0, mean) + STAND_IN_DAYS * meanPerDay) / (days + STAND_IN_DAYS);
    }
}
