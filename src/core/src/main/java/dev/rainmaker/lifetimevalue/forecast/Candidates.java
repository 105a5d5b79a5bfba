package dev.rainmaker.lifetimevalue.forecast;

import java.util.List;
import java.util.stream.Stream;

/** The methods that a backtest compares. */
final class Candidates {

    /** Nothing but the partner's own past, no fitted model. */
    static final List<ForecastMethod> BASELINES = Stream.of(
                    "last-period",
                    "last-90d",
                    "last-365d",
                    "ewma-30d",
                    "ewma-90d",
                    "ewma-180d",
                    "ewma-365d",
                    "all-history",
                    "last-period+all-history",
                    "ewma-90d+all-history")
            .map(ForecastMethod::parse)
            .toList();

    static final List<ForecastMethod> FLOWS = Stream.of(
                    "mbg-nbd",
                    "bg-nbd",
                    "pareto-nbd",
                    "mbg-nbd+ewma-90d",
                    "pareto-nbd+ewma-90d",
                    "mbg-nbd+last-period",
                    "pareto-nbd+last-period",
                    "pareto-nbd+ewma-30d")
            .map(ForecastMethod::parse)
            .toList();

    static final List<ForecastMethod> ALL =
            Stream.concat(BASELINES.stream(), FLOWS.stream()).toList();

    private Candidates() {}
}
