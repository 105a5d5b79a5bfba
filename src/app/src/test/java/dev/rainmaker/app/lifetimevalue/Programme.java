package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.HistoryLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A partner programme on a real PostgreSQL: facts are stated, partners scored. */
public final class Programme implements AutoCloseable {

    static final LocalDate START = LocalDate.parse("2026-06-01");

    final Ledger ledger;
    final FactLedger facts;
    final ScoreLedger scores;
    final HistoryLedger histories;
    final OutboxLedger outbox;
    final PlvLedger versions;
    final Models models;
    final ExchangeRates rates;
    final ScorePartners scorePartners;
    private final PlvPolicy policy;
    private long stamp;

    Programme(PlvPolicy policy) {
        this.policy = policy;
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
        facts = new FactLedger(ledger);
        scores = new ScoreLedger(ledger);
        histories = new HistoryLedger(ledger);
        outbox = new OutboxLedger(ledger);
        versions = new PlvLedger(ledger);
        models = new Models(versions);
        rates = new ExchangeRates(
                "EUR", List.of(new ExchangeRates.Rate("USD", LocalDate.parse("2020-01-01"), new BigDecimal("0.9"))));
        scorePartners = new ScorePartners(
                ledger, facts, scores, versions, models, outbox, rates, () -> policy, connection -> "Account");
    }

    PlvReading reading() {
        return new PlvReading(ledger, facts, scores, models, () -> policy, (kind, stream) -> true);
    }

    long score(LocalDate day) {
        return scorePartners.score(at(day), Progress.SILENT);
    }

    void refit(LocalDate day) {
        scorePartners.refit(at(day), Progress.SILENT);
    }

    static Instant at(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    /** States facts, each newer than all before. */
    void state(Fact... stated) {
        for (Fact fact : stated) {
            state(fact, ++stamp);
        }
    }

    /** States a version of a fact; a later stamp wins whenever it arrives. */
    void state(Fact fact, long version) {
        commit(fact.kind(), fact.id(), fact, version);
    }

    /** The source has deleted it. */
    void delete(FactKind kind, RecordId id) {
        delete(kind, id, ++stamp);
    }

    void delete(FactKind kind, RecordId id, long version) {
        commit(kind, id, null, version);
    }

    private void commit(FactKind kind, RecordId id, @Nullable Fact fact, long version) {
        Instant at = at(START).plusSeconds(version);
        String stream = kind.word();
        byte[] raw = (version + "/" + fact).getBytes(StandardCharsets.UTF_8);
        SourceRecord source = new SourceRecord(stream, id.id(), at, fact == null, Map.of(), raw);
        facts.commit(
                "crm",
                stream,
                "1",
                List.of(new IncomingRecord(
                        source,
                        fact == null ? List.of() : List.of(fact),
                        fact == null ? List.of(kind) : List.of(),
                        null)));
    }

    static RecordId id(String id) {
        return new RecordId("crm", id);
    }

    public static Partner partner(String id, @Nullable String tier) {
        return partner(id, tier, Map.of());
    }

    public static Partner partner(String id, @Nullable String tier, Map<String, String> attributes) {
        return new Partner(
                id(id),
                "Partner " + id,
                tier,
                "Reseller",
                Set.of("DE"),
                Set.of(),
                Set.of(),
                Set.of("Firewall"),
                Set.of(),
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                attributes,
                at(START));
    }

    public static Opportunity deal(String id, String partner, LocalDate closed, String amount) {
        return opportunity(id, partner, true, closed, Money.of(amount, "EUR"), null, false);
    }

    static Opportunity opportunity(
            String id,
            @Nullable String partner,
            boolean won,
            @Nullable LocalDate closed,
            @Nullable Money amount,
            @Nullable Money margin,
            boolean sourced) {
        return new Opportunity(
                id(id),
                id,
                partner == null ? null : id(partner),
                null,
                won ? "Closed Won" : "Open",
                won,
                won,
                amount,
                margin,
                closed,
                null,
                sourced,
                Set.of(),
                null,
                closed == null ? null : at(closed.minusDays(40)),
                at(START));
    }

    public static Lead lead(
            String id,
            @Nullable String partner,
            LocalDate created,
            @Nullable String leadClass,
            @Nullable String became,
            boolean sourced) {
        RecordId holder = partner == null ? null : id(partner);
        return new Lead(
                id(id),
                "Company " + id,
                null,
                null,
                null,
                "DE",
                null,
                null,
                null,
                null,
                Set.of(),
                null,
                null,
                null,
                leadClass,
                "Open",
                became == null,
                became != null,
                became == null ? null : id(became),
                null,
                sourced ? holder : null,
                holder,
                null,
                null,
                true,
                Map.of(),
                at(created),
                at(START));
    }

    public static Person person(String id, @Nullable String company) {
        return new Person(id(id), "Person " + id, null, company == null ? null : id(company), null, at(START));
    }

    public static TrainingRecord certificate(
            String id, String person, String title, LocalDate from, @Nullable LocalDate to) {
        return new TrainingRecord(
                id(id),
                id(person),
                null,
                title,
                true,
                at(from),
                to == null ? null : to.atStartOfDay(ZoneOffset.UTC).toInstant(),
                at(START));
    }

    static TrainingRecord course(String id, String person, LocalDate day) {
        return new TrainingRecord(id(id), id(person), null, "course", false, at(day), null, at(START));
    }

    static Engagement engagement(
            String id, @Nullable String partner, String person, Engagement.Kind kind, LocalDate day) {
        return new Engagement(id(id), id(person), partner == null ? null : id(partner), kind, null, at(day), at(START));
    }

    static SatisfactionAnswer answer(String id, String partner, String value, LocalDate day) {
        return new SatisfactionAnswer(id(id), id(partner), new BigDecimal(value), at(day), at(START));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
