package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.app.ledger.ContributionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.HistoryLedger;
import dev.rainmaker.app.ledger.HistoryLedger.PartnerState;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.app.ledger.StreamLedger;
import dev.rainmaker.app.ledger.StreamState;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.Advice;
import dev.rainmaker.lifetimevalue.LeadDifficulty;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PeerStanding;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.RankInterval;
import dev.rainmaker.lifetimevalue.TermCorrelation;
import dev.rainmaker.lifetimevalue.TierSuggestion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be said about partners' lifetime value, for screens and programs: read only. */
public final class PlvReading {

    /** Offered to a partner at once. */
    public static final int ADVICE = 3;

    /** How many days back "what changed" looks. */
    public static final int CHANGE_DAYS = 30;

    private static final int POINTS = 400;
    private static final int PERIODS = 4;

    private final Ledger ledger;
    private final FactLedger facts;
    private final StreamLedger streams;
    private final ScoreLedger scores;
    private final Models models;
    private final HistoryLedger histories;
    private final ContributionLedger contributions;
    private final Supplier<PlvPolicy> policy;
    private final BiFunction<FactKind, StreamState, Boolean> brings;
    private volatile @Nullable Held latest;
    private volatile @Nullable Ranking paged;
    private volatile @Nullable Converted converted;

    private record Held(long head, Ranking ranking) {}

    private record Converted(Ranking ranking, Map<RecordId, LeadDifficulty> partners) {}

    /** @param brings whether a stream brings facts of a kind */
    public PlvReading(
            Ledger ledger,
            FactLedger facts,
            ScoreLedger scores,
            Models models,
            Supplier<PlvPolicy> policy,
            BiFunction<FactKind, StreamState, Boolean> brings) {
        this.ledger = ledger;
        this.facts = facts;
        this.streams = new StreamLedger(ledger);
        this.scores = scores;
        this.models = models;
        this.histories = new HistoryLedger(ledger);
        this.contributions = new ContributionLedger(ledger);
        this.policy = policy;
        this.brings = brings;
    }

    /**
     * The ranking now; kept until a score or a partner changes, as the intervals take hundreds of draws.
     */
    public Ranking ranking() {
        long head = ledger.sequence();
        Held held = latest;
        if (held != null && held.head() == head) {
            return held.ranking();
        }
        long sequence = scores.latestSequence(head);
        boolean same = held != null
                && held.ranking().sequence() == sequence
                && !facts.changedAfter(FactKind.PARTNER, held.head());
        Ranking ranking = held != null && same ? held.ranking() : rank(sequence);
        latest = new Held(head, ranking);
        return ranking;
    }

    /** The ranking as of a ledger sequence, so that pages of one list fit together. */
    public Ranking ranking(long asOf) {
        long sequence = scores.latestSequence(asOf);
        Ranking now = ranking();
        if (now.sequence() == sequence) {
            return now;
        }
        Ranking held = paged;
        if (held == null || held.sequence() != sequence) {
            held = rank(sequence);
            paged = held;
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

    /** How partners win their leads, as counted and with the leads' difficulty taken out; those without worked leads are absent. */
    public Map<RecordId, LeadDifficulty> conversions() {
        Ranking ranking = ranking();
        Converted held = converted;
        if (held == null || held.ranking() != ranking) {
            held = new Converted(ranking, ranking.rows().isEmpty() ? Map.of() : conversions(ranking));
            converted = held;
        }
        return held.partners();
    }

    private Map<RecordId, LeadDifficulty> conversions(Ranking ranking) {
        Map<String, RecordId> ids = new HashMap<>();
        ranking.rows().forEach(row -> ids.put(row.result().partner(), row.partner()));
        List<PartnerHistory> ranked = histories.all().values().stream()
                .map(PartnerState::now)
                .filter(history -> ids.containsKey(history.partner()))
                .toList();
        Map<RecordId, LeadDifficulty> found = new HashMap<>();
        for (LeadDifficulty each :
                LeadDifficulty.of(ranked, model(ranking.version()).model())) {
            found.put(Objects.requireNonNull(ids.get(each.partner())), each);
        }
        return Map.copyOf(found);
    }

    /** How much two terms of the score say the same thing, strongest first. */
    public List<TermCorrelation> correlations() {
        return TermCorrelation.of(
                ranking().rows().stream().map(Ranking.Ranked::result).toList());
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
        LocalDate today = result.asOf();
        PartnerHistory history = history(standing);
        List<Contribution> rows = contributions.ofPartners(List.of(standing.partner()));
        String currency = standing.score().value().currency();
        OptionalDouble residual = Plv.residualValue(history, fitted.model(), rules, today);
        LocalDate since = today.minusDays(CHANGE_DAYS);
        return new PartnerValue(
                standing,
                ranking.rows().size(),
                residual.isPresent() ? (Double) residual.getAsDouble() : null,
                history.traits().tier(),
                TierSuggestion.of(result.score(), history.traits().tier(), rules.tiers()),
                Advice.cheapest(history, fitted, rules, today, ADVICE),
                PeerStanding.of(result, fitted.reference()),
                conversions().get(standing.partner()),
                since,
                RecentChanges.of(history, rows, fitted, rules, since, today, currency),
                past(rows, result),
                Freshness.of(contributions.freshest(standing.partner()), streams.streams(), brings, rules, currency),
                points(standing.partner()));
    }

    private PartnerHistory history(Ranking.Ranked standing) {
        return histories
                .find(standing.partner())
                .map(PartnerState::now)
                .orElse(PartnerHistory.empty(standing.result().partner()));
    }

    private static List<PartnerValue.Period> past(List<Contribution> rows, PlvResult result) {
        int days = result.value().horizonDays();
        List<PartnerValue.Period> past = new ArrayList<>();
        for (int back = PERIODS; back > 0; back--) {
            LocalDate from = result.asOf().minusDays((long) back * days - 1);
            LocalDate to = result.asOf().minusDays((back - 1L) * days);
            double money = 0;
            for (Contribution each : rows) {
                boolean counts = each.part() == Part.DEAL || each.part() == Part.CORRECTION;
                if (counts && each.day() >= from.toEpochDay() && each.day() <= to.toEpochDay()) {
                    Double margin = each.margin();
                    money += result.value().margin() && margin != null ? margin : each.amount();
                }
            }
            past.add(new PartnerValue.Period(from, to, money));
        }
        return past;
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
