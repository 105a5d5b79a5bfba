package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.lifetimevalue.LearnedWeights;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model when it is taken into use, kept with its version.
 *
 * @param fittedAt the instant whose facts it was fitted on
 * @param partners fitted on, those without a deal included
 * @param deals won deals behind it
 * @param withoutRate deals left out because their currency has no rate for their day
 * @param seed of the bootstrap that compared methods
 * @param seconds that fit and backtest took
 * @param backtest how each method would have done; null where the past is too short
 * @param untested why there is no backtest, null where there is one
 * @param learned weights that the outcomes of one horizon ago suggest; null where they could not be learned
 * @param unlearned why not, null where they could
 */
public record ModelHealth(
        Instant fittedAt,
        int partners,
        int deals,
        long withoutRate,
        long seed,
        double seconds,
        @Nullable BacktestReport backtest,
        @Nullable String untested,
        @Nullable LearnedWeights learned,
        @Nullable String unlearned) {}
