package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.FittedModels;
import dev.rainmaker.lifetimevalue.forecast.Intervals;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        List<CohortPrior> cohorts) {

    public PlvModel {
        leadClasses = java.util.Collections.unmodifiableMap(new TreeMap<>(leadClasses));
        cohorts = List.copyOf(cohorts);
    }

    /** Whether money means margin; otherwise it is revenue and labelled so. */
    public boolean knowsMargin() {
        return marginRate.partners() > 0;
    }
}
