package dev.rainmaker.app.lifetimevalue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.FactChange;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.Trend;
import dev.rainmaker.lifetimevalue.forecast.Backtest;
import dev.rainmaker.lifetimevalue.forecast.BacktestOptions;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every partner's value and score up to date: all of them after a fit, a change of policy or a new day, otherwise
 * only those whom the changed facts concern.
 */
public final class ScorePartners {

    private static final String FOLLOWER = "plv";
    private static final String DAY = "plv-day";
    private static final int CHUNK = 1_000;
    private static final int TREND_DAYS = 90;

    private final Ledger ledger;
    private final FactLedger facts;
    private final ScoreLedger scores;
    private final PlvLedger versions;
    private final Models models;
    private final PlvWrites writes;
    private final HistoryReader histories;
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
        this.histories = new HistoryReader(facts, rates);
        this.writes = new PlvWrites(outbox, partnerStream);
    }

    /**
     * Brings scores up to the ledger's head.
     *
     * @return how many partners were scored
     */
    public long score(Instant now, Progress progress) {
        PlvPolicy rules = policy.get();
        LocalDate asOf = now.atZone(ZoneOffset.UTC).toLocalDate();
        long head = ledger.sequence();
        Optional<Plv.Fitted> fitted = models.currentFor(rules.version());
        if (fitted.isEmpty()) {
            return refit(now, progress);
        }
        long seen = versions.followed(FOLLOWER);
        if (versions.followed(DAY) != asOf.toEpochDay()) {
            return store(
                    histories.all(rules, asOf),
                    histories.all(rules, before(asOf)),
                    fitted.get(),
                    rules,
                    asOf,
                    head,
                    progress);
        }
        if (head == seen) {
            return 0;
        }
        Set<RecordId> touched = concerned(facts.changesAfter(seen, head));
        return store(
                histories.of(touched, rules, asOf),
                histories.of(touched, rules, before(asOf)),
                fitted.get(),
                rules,
                asOf,
                head,
                progress);
    }

    /** Fits the model anew on all facts, tests it on the past, freezes a new reference and scores everyone by it. */
    public long refit(Instant now, Progress progress) {
        long began = System.nanoTime();
        PlvPolicy rules = policy.get();
        LocalDate asOf = now.atZone(ZoneOffset.UTC).toLocalDate();
        long head = ledger.sequence();
        HistoryReader.Folded all = histories.all(rules, asOf);
        if (all.histories().isEmpty()) {
            return 0;
        }
        String version = versions.free(asOf + "." + head);
        Plv.Fitted fitted = Plv.fit(all.histories().values(), all.deals(), rules, asOf, version, head);
        ModelHealth health = health(all, rules, asOf, now, head, began);
        models.adopt(
                new PlvLedger.PlvVersion(version, now, head, rules.version(), Models.json(fitted), Models.json(health)),
                fitted);
        return store(all, histories.all(rules, before(asOf)), fitted, rules, asOf, head, progress);
    }

    /** The same question that the fit asked, answered in full for people: how each method would have done. */
    private static ModelHealth health(
            HistoryReader.Folded all, PlvPolicy rules, LocalDate asOf, Instant now, long seed, long began) {
        BacktestReport report = null;
        String untested = null;
        try {
            report = Backtest.run(all.deals(), new BacktestOptions(rules.horizonDays(), asOf, List.of(), seed));
        } catch (IllegalArgumentException tooShort) {
            untested = tooShort.getMessage();
        }
        return new ModelHealth(
                now,
                all.histories().size(),
                all.deals().size(),
                all.withoutRate(),
                seed,
                (System.nanoTime() - began) / 1e9,
                report,
                untested);
    }

    private Set<RecordId> concerned(List<FactChange> changes) {
        Set<RecordId> touched = new TreeSet<>();
        Partners partners = new Partners(facts);
        changes.forEach(change -> touched.addAll(partners.concernedBy(change.fact())));
        touched.removeIf(id -> facts.find(FactKind.PARTNER, id, dev.rainmaker.partner.Partner.class)
                .isEmpty());
        return touched;
    }

    /** The day a trend looks back to. */
    private static LocalDate before(LocalDate asOf) {
        return asOf.minusDays(TREND_DAYS);
    }

    private long store(
            HistoryReader.Folded now,
            HistoryReader.Folded earlier,
            Plv.Fitted fitted,
            PlvPolicy rules,
            LocalDate asOf,
            long head,
            Progress progress) {
        Map<RecordId, PartnerHistory> all = now.histories();
        List<StoredScore> results = new ArrayList<>(all.size());
        long done = 0;
        for (Map.Entry<RecordId, PartnerHistory> partner : all.entrySet()) {
            PlvResult result = Plv.score(partner.getValue(), fitted.model(), fitted.reference(), rules, asOf);
            PartnerHistory past = earlier.histories().getOrDefault(partner.getKey(), partner.getValue());
            PlvResult before = Plv.score(past, fitted.model(), fitted.reference(), rules, before(asOf));
            results.add(stored(partner.getKey(), result, Trend.of(before, result, rules)));
            if (++done % CHUNK == 0) {
                progress.at("score partners", done, all.size(), 0);
            }
        }
        ledger.inTransaction(() -> {
            List<StoredScore> changed = scores.store(results);
            writes.add(changed, rules);
            versions.follow(FOLLOWER, head);
            versions.follow(DAY, asOf.toEpochDay());
        });
        progress.at("score partners", done, all.size(), 0);
        return done;
    }

    private StoredScore stored(RecordId partner, PlvResult result, Trend trend) {
        String currency = rates.reportingCurrency();
        BigDecimal value = BigDecimal.valueOf(result.value().expected()).setScale(2, RoundingMode.HALF_EVEN);
        return new StoredScore(
                partner,
                0,
                result.modelVersion(),
                result.asOf().atStartOfDay(ZoneOffset.UTC).toInstant(),
                result.score(),
                new Money(value, currency),
                Models.json(Map.of("currency", currency, "result", result, "trend", trend)));
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
