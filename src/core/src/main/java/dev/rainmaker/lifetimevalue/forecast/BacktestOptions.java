package dev.rainmaker.lifetimevalue.forecast;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to backtest.
 *
 * @param horizonDays 7..1830
 * @param asOf nothing after this day is looked at; null = the last day of the data
 * @param cutoffs origins to report, each with at least one partner before it and a full horizon of data after it; empty = monthly,
 *     the latest {@link #MOST_ORIGINS} that the data allow
 * @param seed of the bootstrap
 */
public record BacktestOptions(int horizonDays, @Nullable LocalDate asOf, List<LocalDate> cutoffs, long seed) {

    /** Origins that are reported where none are stated. */
    public static final int MOST_ORIGINS = 6;

    public BacktestOptions {
        if (horizonDays < 7 || horizonDays > 1830) {
            throw new IllegalArgumentException("the horizon must be 7..1830 days, not " + horizonDays);
        }
        cutoffs = cutoffs.stream().sorted().distinct().toList();
    }

    public static BacktestOptions ofHorizon(int horizonDays) {
        return new BacktestOptions(horizonDays, null, List.of(), 1);
    }

    public BacktestOptions withCutoffs(List<LocalDate> changed) {
        return new BacktestOptions(horizonDays, asOf, changed, seed);
    }
}
