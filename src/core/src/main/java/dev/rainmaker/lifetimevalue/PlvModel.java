package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.FittedModels;
import dev.rainmaker.lifetimevalue.forecast.Intervals;
import dev.rainmaker.lifetimevalue.forecast.ObservedTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything learned from a tenant's partners, frozen: plain numbers that can be stored and read again.
 *
 * @param version names this model in results; results of different versions must not be compared
 * @param asOf last day that the fit saw
 * @param horizonDays of the forecast
 * @param method name of the forecast method that was chosen, see {@link dev.rainmaker.lifetimevalue.forecast.ForecastMethod}
 * @param reason why this method, and why not a fitted model where it is not one
 * @param fitted parameters
 * @param intervals of the chosen method
 * @param conversion prior of won leads
 * @param leadClasses win rate by lead class over all partners
 * @param adjustmentStrength k of (wins + k)/(expected wins + k)
 * @param marginRate prior of margin / revenue; {@link MeanPrior#partners()} 0 where margin is unknown
 * @param satisfaction prior of answers
 * @param initiative prior of partner-sourced share
 * @param activity how likely a silent partner sells again, where no flow model is used
 * @param cohorts what partners of a kind sell in a horizon: the forecast of one that has not sold yet
 * @param since first day of the deals it was learned from, null where unknown; windows that reach back further are scaled up
 * @param leadTotals leads by class over all partners, behind {@code leadClasses}
 * @param skill how much partners differ beyond the difficulty of their leads; null in models of earlier versions
 */
public record PlvModel(
        String version,
        LocalDate asOf,
        int horizonDays,
        String method,
        String reason,
        FittedModels fitted,
        Intervals intervals,
        RatePrior conversion,
        Map<String, Double> leadClasses,
        double adjustmentStrength,
        MeanPrior marginRate,
        MeanPrior satisfaction,
        RatePrior initiative,
        Activity activity,
        List<CohortPrior> cohorts,
        @Nullable LocalDate since,
        Map<String, LeadCounts> leadTotals,
        @Nullable SkillPrior skill) {

    public PlvModel {
        leadClasses = java.util.Collections.unmodifiableMap(new TreeMap<>(leadClasses));
        cohorts = List.copyOf(cohorts);
        leadTotals = leadTotals == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(leadTotals));
    }

    /** How far the deals reach back from a day. */
    ObservedTime observed(int asOfDay) {
        return since == null ? ObservedTime.LONG : ObservedTime.between((int) since.toEpochDay(), asOfDay);
    }

    /** Whether conversion is adjusted for the difficulty of leads: there is more than one class of them. */
    boolean adjustsConversion() {
        return leadClasses.size() > 1;
    }

    /** Whether partners were found to differ in conversion, adjusted where it is. */
    boolean conversionEstablished() {
        return adjustsConversion() && skill != null ? skill.established() : conversion.established();
    }

    /** Whether partners differ in winning leads, beyond the leads' difficulty where that is known; in words. */
    public String conversionFinding() {
        return adjustsConversion() && skill != null ? skill.finding() : conversion.finding();
    }

    /** Whether money means margin; otherwise it is revenue and labelled so. */
    public boolean knowsMargin() {
        return marginRate.partners() > 0;
    }
}
