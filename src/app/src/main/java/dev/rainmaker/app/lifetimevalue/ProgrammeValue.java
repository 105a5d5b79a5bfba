package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.Allocation;
import dev.rainmaker.lifetimevalue.IdealProfile;
import dev.rainmaker.lifetimevalue.LearnedWeights;
import dev.rainmaker.lifetimevalue.ProgrammeForecast;
import dev.rainmaker.lifetimevalue.ProgrammeReturn;
import dev.rainmaker.lifetimevalue.Trend;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about all partners together.
 *
 * @param forecast of partner-led business
 * @param currency of all money here
 * @param horizonDays of the forecast
 * @param past what all partners brought in the horizons before, earliest first
 * @param plan the horizon's part of the partners' yearly targets, revenue; null where none is mapped
 * @param revenue the forecast as revenue, by the margin rate of the last year; null where that is unknown
 * @param trends how many partners are heading where
 * @param profile what top partners have in common, strongest evidence first
 * @param allocation of funds by expected return; empty where no spending is mapped or no budget is given
 * @param returns margin against cost over the last year; null where no cost is mapped
 * @param learned weights that outcomes suggest, beside the stated ones; null where they could not be learned
 * @param unlearned why not
 */
public record ProgrammeValue(
        ProgrammeForecast forecast,
        String currency,
        int horizonDays,
        List<PartnerValue.Period> past,
        @Nullable Double plan,
        @Nullable ProgrammeForecast revenue,
        Map<Trend.Direction, Integer> trends,
        List<IdealProfile> profile,
        List<Funded> allocation,
        @Nullable ProgrammeReturn returns,
        @Nullable LearnedWeights learned,
        @Nullable String unlearned) {

    /** Name of the partner attribute that holds its revenue target for a year, in the reporting currency. */
    public static final String TARGET = "target";

    /** Name of the partner attribute that holds the development funds it had in the last year. */
    public static final String FUNDS = "mdfSpent";

    /** Name of the partner attribute that holds what the programme spent on it in the last year. */
    public static final String COST = "programmeCost";

    /** A partner's row of the allocation. */
    public record Funded(RecordId partner, String name, Allocation allocation) {}
}
