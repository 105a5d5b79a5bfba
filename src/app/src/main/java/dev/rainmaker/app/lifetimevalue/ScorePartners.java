package dev.rainmaker.app.lifetimevalue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.ContributionLedger;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.HistoryLedger;
import dev.rainmaker.app.ledger.HistoryLedger.PartnerState;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.Trend;
import dev.rainmaker.lifetimevalue.WinningOdds;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every partner's value and score up to date. A changed fact moves the statistics of the partners it concerns, at a cost that
 * does not depend on their past; a new day moves everybody's day; a fit, or a change of policy or rates, makes everything anew.
 *
 * <p>Facts, statistics, scores and the place in the ledger's sequence move in one transaction under one lock, so that instances take
 * turns and a crash repeats or loses nothing.
 */
public final class ScorePartners {

    /** How many days back a trend looks. */
    public static final int TREND_DAYS = 90;

    private static final String FOLLOWER = "plv";
    private static final String DAY = "plv-day";
    private static final String BASIS = "plv-basis";
    private static final int CHUNK = 1_000;

    private final Ledger ledger;
    private final FactLedger facts;
    private final ScoreLedger scores;
    private final PlvLedger versions;
    private final Models models;
    private final PlvWrites writes;
    private final ContributionLedger contributions;
    private final HistoryLedger histories;
    private final ExchangeRates rates;
    private final Supplier<PlvPolicy> policy;

    /**
     * @param policy the published policy
     * @param partnerStream the stream that takes PLV fields, by connection; null where a connection takes none
     */
    public ScorePartners(
            Ledger ledger,
            FactLedger facts,
            ScoreLedger scores,
            PlvLedger versions,
            Models models,
            OutboxLedger outbox,
            ExchangeRates rates,
            Supplier<PlvPolicy> policy,
            Function<String, @Nullable String> partnerStream) {
        this.ledger = ledger;
        this.facts = facts;
        this.scores = scores;
        this.versions = versions;
        this.models = models;
        this.rates = rates;
        this.policy = policy;
        this.contributions = new ContributionLedger(ledger);
        this.histories = new HistoryLedger(ledger);
        this.writes = new PlvWrites(outbox, partnerStream);
    }

    /**
     * Brings scores up to the ledger's head and the day.
     *
     * @return how many partners were scored
     */
    public long score(Instant now, Progress progress) {
        PlvPolicy rules = policy.get();
        LocalDate asOf = day(now);
        Optional<Plv.Fitted> fitted = models.currentFor(rules.version());
        Map<String, Long> followed = versions.followed();
        if (fitted.isEmpty() || followed.getOrDefault(BASIS, 0L) != Contributions.basis(rates)) {
            return refit(now, progress);
        }
        if (followed.getOrDefault(FOLLOWER, 0L) == ledger.sequence()
                && followed.getOrDefault(DAY, 0L) == asOf.toEpochDay()) {
            return 0;
        }
        return ledger.transaction(() -> follow(rules, fitted.get(), asOf, progress));
    }

    private long follow(PlvPolicy rules, Plv.Fitted fitted, LocalDate asOf, Progress progress) {
        ledger.redoable();
        Map<String, Long> followed = versions.lock(FOLLOWER);
        long seen = followed.getOrDefault(FOLLOWER, 0L);
        long head = ledger.sequence();
        int today = (int) asOf.toEpochDay();
        int was = (int) (long) followed.getOrDefault(DAY, (long) today);
        PartnerStates states = new PartnerStates(contributions, histories, new Folding(rules), was, was - TREND_DAYS);
        if (was != today) {
            states.loadAll();
        }
        Set<RecordId> gone = new FollowFacts(facts, contributions, rates)
                .apply(head == seen ? List.of() : facts.changesAfter(seen, head), states);
        if (was != today) {
            states.moveTo(today, today - TREND_DAYS);
        }
        Map<RecordId, PartnerState> moved = states.store(head);
        Collection<PartnerState> concerned =
                was == today ? moved.values() : states.all().values();
        List<StoredScore> changed = scores.store(scored(concerned, fitted, rules, asOf, progress));
        gone.forEach(scores::end);
        writes.add(changed, rules);
        versions.follow(Map.of(FOLLOWER, head, DAY, (long) today));
        return concerned.size();
    }

    /** Fits the model anew on all facts, tests it on the past, freezes a new reference and scores everyone by it. */
    public long refit(Instant now, Progress progress) {
        long began = System.nanoTime();
        PlvPolicy rules = policy.get();
        LocalDate asOf = day(now);
        int today = (int) asOf.toEpochDay();
        long head = ledger.sequence();
        Rebuild all = Rebuild.of(facts, rates);
        Map<RecordId, PartnerState> states = all.states(new Folding(rules), today, today - TREND_DAYS);
        if (states.isEmpty()) {
            return 0;
        }
        Transactions deals = all.deals(asOf);
        String version = versions.free(asOf + "." + head);
        List<PartnerHistory> present =
                states.values().stream().map(PartnerState::now).toList();
        Plv.Fitted fitted = Plv.fit(present, deals, rules, asOf, version, head);
        ModelHealth health = new HealthCheck(all, rules, asOf, head).of(fitted, deals, states.size(), now, began);
        PlvLedger.PlvVersion adopted =
                new PlvLedger.PlvVersion(version, now, head, rules.version(), Models.json(fitted), Models.json(health));
        List<StoredScore> results = scored(states.values(), fitted, rules, asOf, progress);
        ledger.inTransaction(() -> {
            versions.lock(FOLLOWER);
            contributions.replaceAll(all.contributions());
            histories.clear();
            histories.store(states.values(), head);
            models.adopt(adopted, fitted);
            List<StoredScore> changed = scores.store(results);
            scores.endAllBut(version);
            writes.add(changed, rules);
            versions.follow(Map.of(FOLLOWER, head, DAY, (long) today, BASIS, Contributions.basis(rates)));
        });
        return states.size();
    }

    private static LocalDate day(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private List<StoredScore> scored(
            Collection<PartnerState> states, Plv.Fitted fitted, PlvPolicy rules, LocalDate asOf, Progress progress) {
        List<StoredScore> results = new ArrayList<>(states.size());
        for (PartnerState state : states) {
            PlvResult result = Plv.score(state.now(), fitted.model(), fitted.reference(), rules, asOf);
            PlvResult before =
                    Plv.score(state.earlier(), fitted.model(), fitted.reference(), rules, asOf.minusDays(TREND_DAYS));
            results.add(stored(
                    state.partner(), result, Trend.of(before, result, rules), Plv.odds(state.now(), fitted.model())));
            if (results.size() % CHUNK == 0) {
                progress.at("score partners", results.size(), states.size(), 0);
            }
        }
        progress.at("score partners", results.size(), states.size(), 0);
        return results;
    }

    private StoredScore stored(RecordId partner, PlvResult result, Trend trend, WinningOdds odds) {
        String currency = rates.reportingCurrency();
        BigDecimal value = BigDecimal.valueOf(result.value().expected()).setScale(2, RoundingMode.HALF_EVEN);
        return new StoredScore(
                partner,
                0,
                result.modelVersion(),
                result.asOf().atStartOfDay(ZoneOffset.UTC).toInstant(),
                result.score(),
                new Money(value, currency),
                Models.json(Map.of("currency", currency, "result", result, "trend", trend, "odds", odds)));
    }

    /** Where the partner was heading when the score was stored. */
    public static Trend trend(StoredScore score) {
        return part(score, "trend", Trend.class);
    }

    /** The result as it was stored. */
    public static PlvResult result(StoredScore score) {
        return part(score, "result", PlvResult.class);
    }

    private static <T> T part(StoredScore score, String member, Class<T> type) {
        try {
            return FactJson.MAPPER.treeToValue(
                    FactJson.MAPPER.readTree(score.body()).get(member), type);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
