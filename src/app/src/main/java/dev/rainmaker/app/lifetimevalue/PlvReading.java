package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.Advice;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PeerStanding;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.RankInterval;
import dev.rainmaker.lifetimevalue.TierSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be said about partners' lifetime value, for screens and programs: read only. */
public final class PlvReading {

    /** Offered to a partner at once. */
    public static final int ADVICE = 3;

    private static final int POINTS = 400;

    private final FactLedger facts;
    private final ScoreLedger scores;
    private final Models models;
    private final HistoryReader histories;
    private final Supplier<PlvPolicy> policy;
    private volatile @Nullable Ranking latest;

    public PlvReading(
            FactLedger facts, ScoreLedger scores, Models models, ExchangeRates rates, Supplier<PlvPolicy> policy) {
        this.facts = facts;
        this.scores = scores;
        this.models = models;
        this.histories = new HistoryReader(facts, rates);
        this.policy = policy;
    }

    /** The ranking now. */
    public Ranking ranking() {
        return ranking(Long.MAX_VALUE - 1);
    }

    /** The ranking as of a ledger sequence; kept until a score changes, as the intervals take hundreds of draws. */
    public Ranking ranking(long asOf) {
        long sequence = scores.latestSequence(asOf);
        Ranking held = latest;
        if (held == null || held.sequence() != sequence) {
            held = rank(sequence);
            latest = held;
        }
        return held;
    }

    private Ranking rank(long sequence) {
        List<StoredScore> stored = scores.allAsOf(sequence);
        if (stored.isEmpty()) {
            return new Ranking(sequence, "", 0, List.of());
        }
        String version = stored.get(0).version();
        Plv.Fitted fitted = model(version);
        List<PlvResult> results = stored.stream().map(ScorePartners::result).toList();
        long seed = version.hashCode();
        List<RankInterval> intervals = RankInterval.of(results, fitted.reference(), policy.get(), seed);
        Map<RecordId, String> names = facts.partnerNames();
        List<Ranking.Ranked> rows = new ArrayList<>(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            StoredScore score = stored.get(i);
            RecordId partner = score.partner();
            rows.add(new Ranking.Ranked(
                    partner,
                    names.getOrDefault(partner, partner.id()),
                    score,
                    results.get(i),
                    ScorePartners.trend(score),
                    intervals.get(i)));
        }
        return new Ranking(sequence, version, seed, rows);
    }

    private Plv.Fitted model(String version) {
        return models.find(version)
                .orElseThrow(() -> new IllegalStateException("the ledger has scores of version " + version
                        + " and no such model; `rainmaker plv refit` makes both anew"));
    }

    /** One partner in full; empty where it has no score. */
    public Optional<PartnerValue> partner(RecordId id) {
        Ranking ranking = ranking();
        return ranking.of(id).map(standing -> partner(standing, ranking));
    }

    private PartnerValue partner(Ranking.Ranked standing, Ranking ranking) {
        PlvPolicy rules = policy.get();
        Plv.Fitted fitted = model(ranking.version());
        PlvResult result = standing.result();
        PartnerHistory history = histories
                .of(List.of(standing.partner()), rules, result.asOf())
                .histories()
                .getOrDefault(standing.partner(), PartnerHistory.empty(result.partner()));
        OptionalDouble residual = Plv.residualValue(history, fitted.model(), rules, result.asOf());
        return new PartnerValue(
                standing,
                ranking.rows().size(),
                residual.isPresent() ? (Double) residual.getAsDouble() : null,
                TierSuggestion.of(result.score(), history.traits().tier(), rules.tiers()),
                Advice.cheapest(history, fitted, rules, result.asOf(), ADVICE),
                PeerStanding.of(result, fitted.reference()),
                points(standing.partner()));
    }

    private List<PartnerValue.ScorePoint> points(RecordId partner) {
        return scores.history(partner, POINTS).stream()
                .map(score -> new PartnerValue.ScorePoint(
                        score.seq(),
                        score.asOf(),
                        score.version(),
                        score.score(),
                        score.value().amount()))
                .toList();
    }
}
