package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.lifetimevalue.Advice;
import dev.rainmaker.lifetimevalue.PeerStanding;
import dev.rainmaker.lifetimevalue.TierSuggestion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be said about one partner's value without naming another.
 *
 * @param standing score, terms, trend and rank
 * @param of how many partners are ranked
 * @param residual all future deals, discounted, in money; null where no deal-flow model can be used
 * @param advice what it could do, the most points for the least effort first
 * @param peers where it stands in each metric
 * @param history its scores, newest first
 */
public record PartnerValue(
        Ranking.Ranked standing,
        int of,
        @Nullable Double residual,
        TierSuggestion tier,
        List<Advice> advice,
        List<PeerStanding> peers,
        List<ScorePoint> history) {

    /** A score as it was stored; only points of one version compare. */
    public record ScorePoint(long sequence, Instant asOf, String version, BigDecimal score, BigDecimal value) {}
}
