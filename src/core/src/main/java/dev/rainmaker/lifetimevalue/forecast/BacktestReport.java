package dev.rainmaker.lifetimevalue.forecast;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each method would have got right.
 *
 * @param horizonDays of forecasts and outcomes
 * @param origins earliest first
 * @param total means over the origins, by method; {@code chosen} is whatever was chosen at each origin
 * @param chosen method chosen at the latest origin, from data before it
 * @param reason why
 * @param notes what could not be done as asked
 */
public record BacktestReport(
        int horizonDays,
        List<Origin> origins,
        Map<String, Accuracy> total,
        String chosen,
        String reason,
        List<String> notes) {

    /**
     * One as-of day.
     *
     * @param n partners that had sold by then
     * @param models accuracy by method, for the outcome of the horizon after it
     * @param chosen method chosen with data up to this day only
     * @param reason why
     */
    public record Origin(LocalDate asOf, int n, Map<String, Accuracy> models, String chosen, String reason) {

        public Origin {
            models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        }
    }

    public BacktestReport {
        origins = List.copyOf(origins);
        total = Collections.unmodifiableMap(new LinkedHashMap<>(total));
        notes = List.copyOf(notes);
    }
}
