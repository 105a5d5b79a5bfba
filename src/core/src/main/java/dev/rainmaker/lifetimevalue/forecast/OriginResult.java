package dev.rainmaker.lifetimevalue.forecast;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forecasts of every usable method at one origin, and what came. */
final class OriginResult {

    /** Sound fits of more partners than this differ from a fit of all by less than the data do. */
    private static final int MOST_FITTED = 3_000;

    final int asOfDay;
    final SnapshotTable table;
    final FittedModels models;
    final double[] outcome;
    final Map<String, double[]> forecasts = new LinkedHashMap<>();
    private final double[] outcomeRanks;
    private final Map<String, Accuracy> accuracies = new HashMap<>();

    OriginResult(Transactions deals, int asOfDay, int horizonDays) {
        this.asOfDay = asOfDay;
        table = new SnapshotTable(deals, asOfDay, horizonDays);
        models = table.fit(MOST_FITTED);
        outcome = table.outcomes();
        outcomeRanks = Accuracy.ranks(outcome);
        for (ForecastMethod method : Candidates.ALL) {
            if (method.parts().isEmpty() && method.problem(models) == null) {
                forecasts.put(method.name(), table.forecast(method, models, horizonDays));
            }
        }
        for (ForecastMethod method : Candidates.ALL) {
            if (!method.parts().isEmpty() && method.problem(models) == null) {
                forecasts.put(method.name(), blend(method));
            }
        }
    }

    private double[] blend(ForecastMethod method) {
        double[] sum = new double[table.size()];
        for (ForecastMethod part : method.parts()) {
            double[] of = forecast(part.name());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += of[i] / method.parts().size();
            }
        }
        return sum;
    }

    double[] forecast(String method) {
        double[] found = forecasts.get(method);
        if (found == null) {
            throw new IllegalStateException(method + " was not forecast on day " + asOfDay);
        }
        return found;
    }

    /** How well a method met what came, without the coverage of intervals. */
    Accuracy accuracy(String method) {
        return accuracies.computeIfAbsent(method, any -> Accuracy.of(forecast(method), outcome, outcomeRanks, null));
    }

    double[] orEmpty(@Nullable String method) {
        double[] found = method == null ? null : forecasts.get(method);
        return found == null ? new double[0] : found;
    }
}
