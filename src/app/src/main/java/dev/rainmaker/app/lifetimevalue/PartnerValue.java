package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.lifetimevalue.Advice;
import dev.rainmaker.lifetimevalue.LeadDifficulty;
import dev.rainmaker.lifetimevalue.PeerStanding;
import dev.rainmaker.lifetimevalue.PlvChange;
import dev.rainmaker.lifetimevalue.TierSuggestion;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be said about one partner's value without naming another.
 *
 * @param standing score, terms, trend and rank
 * @param of how many partners are ranked
 * @param residual all future deals, discounted, in money; null where no deal-flow model can be used
 * @param presentTier as the CRM states it, null where it states none
 * @param advice what it could do, the most points for the least effort first
 * @param peers where it stands in each metric
 * @param conversion how it wins its leads, raw and adjusted; null where it has worked none
 * @param changesSince the day that {@code changes} look back to
 * @param changes what moved the score since, event by event
 * @param past what it brought in the horizons before now, earliest first
 * @param freshness of each metric
 * @param history its scores, newest first
 */
public record PartnerValue(
        Ranking.Ranked standing,
        int of,
        @Nullable Double residual,
        @Nullable String presentTier,
        TierSuggestion tier,
        List<Advice> advice,
        List<PeerStanding> peers,
        @Nullable LeadDifficulty conversion,
        LocalDate changesSince,
        PlvChange changes,
        List<Period> past,
        List<Freshness> freshness,
        List<ScorePoint> history) {

    /** A score as it was stored; only points of one version compare. */
    public record ScorePoint(long sequence, Instant asOf, String version, BigDecimal score, BigDecimal value) {}

    /** What a partner brought in some days, both inclusive; margin where the forecast is one. */
    public record Period(LocalDate from, LocalDate to, double money) {}
}
