package dev.rainmaker.app.people;

import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.lifetimevalue.Resellers;
import dev.rainmaker.app.lifetimevalue.ScorePartners;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.training.TrainingRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Eight partners of a CRM with deals, and an academy in which their people learn; facts are stated, no vendor is called. */
final class Academy implements AutoCloseable {

    static final int PARTNERS = 8;
    static final String CERTIFICATE = "Partner Seller";
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    final Rainmaker rainmaker;

    Academy(Path state) throws IOException {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        Path home = home(state);
        RainmakerConfiguration configuration = RainmakerConfiguration.of(home)
                .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password()));
        rainmaker = Rainmaker.open(configuration, state, Clock.systemUTC(), Progress.SILENT);
        for (int n = 1; n <= PARTNERS; n++) {
            partner(n, "https://www.partner" + n + ".de");
            for (int deal = 1; deal <= n; deal++) {
                deal(n, deal);
            }
        }
    }

    /** The shipped policies, with one certificate that every partner must hold. */
    private static Path home(Path folder) throws IOException {
        Path shipped = Path.of(System.getProperty("rainmaker.home", "../..")).resolve("policies");
        Path policies = Files.createDirectories(folder.resolve("policies"));
        for (String file : List.of("assignment.yaml", "assignment.schema.json", "plv.schema.json")) {
            Files.copy(shipped.resolve(file), policies.resolve(file));
        }
        Files.writeString(policies.resolve("plv.yaml"), Resellers.policyThatRequires("titles: [" + CERTIFICATE + "]"));
        return folder;
    }

    static RecordId partner(int n) {
        return new RecordId("crm", "P" + n);
    }

    static RecordId person(int n) {
        return new RecordId("lms", Integer.toString(n));
    }

    void partner(int n, @Nullable String website) {
        state(new Partner(
                partner(n),
                "Partner " + n,
                "gold",
                null,
                Set.of("DE"),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                true,
                null,
                null,
                website,
                null,
                LocalDate.of(2024, 1, 1),
                null,
                true,
                Map.of(),
                stamp()));
    }

    private void deal(int n, int deal) {
        state(new Opportunity(
                new RecordId("crm", "O" + n + "-" + deal),
                null,
                partner(n),
                null,
                "Closed Won",
                true,
                true,
                new Money(new BigDecimal(1_000 * n + 500 * deal), "USD"),
                null,
                LocalDate.of(2025, deal, 10),
                null,
                false,
                Set.of(),
                null,
                null,
                stamp()));
    }

    void learner(int n, @Nullable String email, @Nullable String code) {
        state(new Person(person(n), "Learner " + n, email, null, code, stamp()));
    }

    void contact(String id, String email, RecordId company) {
        state(new Person(new RecordId("crm", id), "Contact", email, company, null, stamp()));
    }

    void course(String id, int person) {
        training(id, person, false, null);
    }

    void badge(String id, int person, @Nullable Instant until) {
        training(id, person, true, until);
    }

    private void training(String id, int person, boolean certificate, @Nullable Instant until) {
        state(new TrainingRecord(
                new RecordId("lms", id),
                person(person),
                null,
                certificate ? CERTIFICATE : "Course " + id,
                certificate,
                NOW.minusSeconds(86_400L * 20),
                until,
                stamp()));
    }

    private static Instant stamp() {
        return Instant.now();
    }

    private void state(Fact fact) {
        String body = fact.toString();
        SourceRecord source = new SourceRecord(
                fact.kind().word(),
                fact.id().id(),
                fact.modifiedAt(),
                false,
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8));
        rainmaker
                .facts()
                .commit(
                        fact.id().connection(),
                        fact.kind().word(),
                        "1",
                        List.of(new IncomingRecord(source, List.of(fact), List.of(), null)));
    }

    /** The source no longer has it. */
    void gone(FactKind kind, RecordId id) {
        SourceRecord source =
                new SourceRecord(kind.word(), id.id(), stamp(), true, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
        rainmaker
                .facts()
                .commit(
                        id.connection(),
                        kind.word(),
                        "1",
                        List.of(new IncomingRecord(source, List.of(), List.of(kind), null)));
    }

    /** Matches people and brings all scores up to the ledger. */
    Map<RecordId, PlvResult> scored(Instant at) {
        rainmaker.matchPeople().match();
        rainmaker.scorePartners().score(at, Progress.SILENT);
        Map<RecordId, PlvResult> results = new TreeMap<>();
        for (int n = 1; n <= PARTNERS; n++) {
            RecordId partner = partner(n);
            rainmaker.scores().find(partner).ifPresent(score -> results.put(partner, ScorePartners.result(score)));
        }
        return results;
    }

    @Nullable
    RecordId companyOf(int person) {
        return rainmaker
                .facts()
                .find(FactKind.PERSON, person(person), Person.class)
                .orElseThrow()
                .company();
    }

    @Override
    public void close() {
        rainmaker.close();
    }
}
