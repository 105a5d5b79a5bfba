package dev.rainmaker.app.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.DealCustomerLedger;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.RevenueLedger;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.attribution.AttributionPolicy;
import dev.rainmaker.attribution.Booking;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The revenue book on a real PostgreSQL. */
class RevenueTest {

    private static final AttributionPolicy POLICY = Policies.attribution(
                    Path.of(System.getProperty("rainmaker.home", "../..")).resolve("policies"))
            .policy();
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final RecordId NORTH = new RecordId("crm", "north");

    private Ledger ledger;
    private FactLedger facts;
    private Revenue revenue;
    private int stamp;

    @BeforeEach
    void open() {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
        facts = new FactLedger(ledger);
        ExchangeRates rates = new ExchangeRates(
                "USD",
                List.of(
                        new ExchangeRates.Rate("EUR", LocalDate.of(2026, 1, 1), new BigDecimal("1.10")),
                        new ExchangeRates.Rate("EUR", LocalDate.of(2026, 5, 1), new BigDecimal("1.20"))));
        revenue = new Revenue(ledger, facts, new DecisionLedger(ledger), rates, POLICY);
        commit(
                "Account",
                partner(
                        "north",
                        "=North & Sons",
                        "Gold",
                        Map.of("target", "1000", "programmeCost", "60", "mdfSpent", "40")));
        commit("Account", partner("south", "South", "Silver", Map.of()));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theRateOfTheClosingDayIsUsedAndSaid() {
        commit("Opportunity", deal("d1", "north", "100", "EUR", LocalDate.of(2026, 4, 30)));
        commit("Opportunity", deal("d2", "north", "100", "EUR", LocalDate.of(2026, 5, 1)));

        List<Booking> lines = revenue.read().lines();

        assertThat(lines).extracting(line -> line.share().toString()).containsExactlyInAnyOrder("110 USD", "120 USD");
        assertThat(lines)
                .extracting(Booking::rate)
                .containsExactlyInAnyOrder("EUR at the rate of 2026-04-30", "EUR at the rate of 2026-05-01");
    }

    @Test
    void aDealWithoutARateIsLeftOutAndSaidSo() {
        commit("Opportunity", deal("d1", "north", "100", "JPY", LocalDate.of(2026, 4, 30)));

        assertThat(revenue.read().lines()).isEmpty();
        assertThat(reports().credits(CreditedBy.PARTNER).notes())
                .anySatisfy(note -> assertThat(note).contains("1 won deals are left out"));
    }

    @Test
    void aClosedMonthStaysAndALaterCorrectionIsAnAdjustmentOfTheNext() {
        commit("Opportunity", deal("d1", "north", "100", "USD", LocalDate.of(2026, 5, 20)));
        revenue.close(MAY, "test");

        commit("Opportunity", deal("d1", "north", "70", "USD", LocalDate.of(2026, 5, 20)));

        assertThat(sum(MAY)).isEqualByComparingTo("100");
        assertThat(sum(MAY.plusMonths(1))).isEqualByComparingTo("-30");
        revenue.close(MAY.plusMonths(1), "test");
        assertThat(sum(MAY.plusMonths(1))).isEqualByComparingTo("-30");
        assertThat(sum(MAY.plusMonths(2))).isEqualByComparingTo("0");
    }

    @Test
    void whatAClosedMonthSaysCannotBeChangedEvenByHand() {
        commit("Opportunity", deal("d1", "north", "100", "USD", LocalDate.of(2026, 5, 20)));
        revenue.close(MAY, "test");

        assertThatThrownBy(() -> ledger.jdbc()
                        .sql("update revenue_booking set share = 1")
                        .update())
                .hasMessageContaining("final");
        assertThatThrownBy(
                        () -> ledger.jdbc().sql("delete from revenue_booking").update())
                .hasMessageContaining("final");
    }

    @Test
    void aMonthIsClosedOnceAndNotBeforeItIsOver() {
        revenue.close(MAY, "test");

        assertThatThrownBy(() -> revenue.close(MAY, "test")).hasMessageContaining("2026-05 is closed already");
        YearMonth current = YearMonth.from(ledger.now().atZone(java.time.ZoneOffset.UTC));
        assertThatThrownBy(() -> revenue.close(current, "test")).hasMessageContaining("is not over yet");
    }

    @Test
    void noFactComesBetweenTheReadingOfAMonthAndItsBooking() {
        commit("Opportunity", deal("d1", "north", "100", "USD", LocalDate.of(2026, 5, 20)));

        new RevenueLedger(ledger)
                .close(
                        MAY,
                        () -> {
                            assertThatThrownBy(() -> CompletableFuture.supplyAsync(
                                                    () -> ledger.transaction(() -> ledger.jdbc()
                                                            .sql("select seq from ledger_head for update nowait")
                                                            .query(Long.class)
                                                            .single()))
                                            .join())
                                    .as("who commits a fact takes the next sequence")
                                    .hasMessageContaining("could not obtain lock");
                            return revenue.read().lines();
                        },
                        "test");

        assertThat(sum(MAY)).isEqualByComparingTo("100");
    }

    @Test
    void theOfferIsWhatTheDealSaysAndWhereItSaysNothingWhatItsProductsSay() {
        commit("Opportunity", deal("d1", "north", "100", "USD", LocalDate.of(2026, 5, 20), "Standalone"));
        commit("Opportunity", deal("d2", "north", "30", "USD", LocalDate.of(2026, 5, 21)));

        assertThat(reports().credits(CreditedBy.OFFER).rows())
                .extracting(row -> row.get(0) + " " + row.get(2))
                .as("both are of three products")
                .containsExactly("standalone 100.00", "bundled 30.00");
    }

    @Test
    void reportsSumToTheDealsWhateverTheySumBy() {
        commit("Opportunity", deal("d1", "north", "100.01", "USD", LocalDate.of(2026, 5, 20)));
        commit("Opportunity", deal("d2", "south", "33.33", "USD", LocalDate.of(2026, 6, 20)));

        for (CreditedBy by : CreditedBy.values()) {
            BigDecimal sum = reports().credits(by).objects().stream()
                    .map(row -> (BigDecimal) row.get("partner_led"))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).as(by.word()).isEqualByComparingTo("133.34");
        }
    }

    @Test
    void anApprovedRegistrationOfTheCustomerMakesItsPartnerTheSource() {
        registered("DR-1", "south", "Backup", "2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z");
        commit("Opportunity", deal("d1", "north", "100", "USD", LocalDate.of(2026, 5, 20)));

        List<Booking> lines = revenue.read().lines();

        assertThat(lines.get(0).partner()).isEqualTo(new RecordId("crm", "south"));
        assertThat(lines.get(0).primary()).isTrue();
        assertThat(lines.get(0).evidence().get(0).evidence()).isEqualTo(new RecordId("registration", "DR-1"));
        assertThat(reports()
                        .view("registrations", CreditedBy.PARTNER)
                        .objects()
                        .get(0)
                        .get("approved"))
                .isEqualTo(1L);
        assertThat(reports().view("registrations", CreditedBy.PARTNER).notes().get(0))
                .contains("1 of 1 registered were won");
    }

    @Test
    void aRegistrationOfAnotherProductOrOneThatHadEndedSourcesNothing() {
        registered("DR-1", "south", "Something else", "2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z");
        registered("DR-2", "south", "Backup", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z");
        commit("Opportunity", deal("d1", "north", "100", "USD", LocalDate.of(2026, 5, 20)));

        assertThat(revenue.read().lines()).extracting(Booking::partner).containsExactly(NORTH);
    }

    @Test
    void planAndCostStandBesideWhatWasMadeWhereTheyAreMapped() {
        commit("Opportunity", deal("d1", "north", "250", "USD", LocalDate.of(2026, 5, 20)));

        assertThat(reports().view("plan", CreditedBy.PARTNER).rows()).hasSize(1);
        assertThat(reports().view("plan", CreditedBy.PARTNER).objects().get(0).get("percent"))
                .isEqualTo(new BigDecimal("25.0"));
        assertThat(reports().view("plan", CreditedBy.PARTNER).notes())
                .anySatisfy(note -> assertThat(note).startsWith("1 partners have no plan"));
        assertThat(reports()
                        .view("incentives", CreditedBy.PARTNER)
                        .objects()
                        .get(0)
                        .get("cost"))
                .isEqualTo(new BigDecimal("100.00"));
    }

    @Test
    void aNameThatLooksLikeAFormulaIsTextInTheCsv() {
        commit("Opportunity", deal("d1", "north", "250", "USD", LocalDate.of(2026, 5, 20)));

        assertThat(reports().credits(CreditedBy.PARTNER).csv()).contains("\n'=North & Sons,1,250.00");
    }

    private void registered(String number, String partner, String product, String approved, String until) {
        String customer = ledger.transaction(() -> new DealCustomerLedger(ledger)
                .resolve(
                        Companies.READER.of(
                                Set.of(new RecordId("crm", "customer")), "Customer GmbH", "DE", Stream.empty(), null),
                        "Customer GmbH")
                .id());
        ledger.jdbc()
                .sql("""
                        insert into deal_registration (tenant, number, version, state, reason, partner_connection, partner_id,
                            customer, products, claim, submitted_at, lock_until)
                        values ('default', ?, 2, 'approved', '', 'crm', ?, ?, array[?], '{}', ?::timestamptz, ?::timestamptz)
                        """)
                .params(number, partner, customer, product, approved, until)
                .update();
        ledger.jdbc().sql("""
                        insert into deal_registration_event (tenant, number, version, at, who, step, to_state, why)
                        values ('default', ?, 2, ?::timestamptz, 'test', 'approve', 'approved', '')
                        """).params(number, approved).update();
    }

    private BigDecimal sum(YearMonth month) {
        return revenue.read().lines().stream()
                .filter(line -> line.period().equals(month))
                .map(line -> line.share().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private RevenueReports reports() {
        return new RevenueReports(revenue.read(), POLICY, facts, YearMonth.of(2026, 1), YearMonth.of(2026, 12));
    }

    private void commit(String stream, Fact fact) {
        SourceRecord source =
                new SourceRecord(stream, fact.id().id(), fact.modifiedAt(), false, Map.of(), new byte[] {'{', '}'});
        facts.commit("crm", stream, "1", List.of(new IncomingRecord(source, List.of(fact), List.of(), null)));
    }

    private Instant next() {
        return Instant.parse("2026-07-01T00:00:00Z").plusSeconds(++stamp);
    }

    private Partner partner(String id, String name, String tier, Map<String, String> attributes) {
        return new Partner(
                new RecordId("crm", id),
                name,
                tier,
                "Reseller",
                Set.of("DE"),
                Set.of(),
                Set.of(),
                Set.of(),
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
                next());
    }

    private Opportunity deal(String id, String partner, String amount, String currency, LocalDate closed) {
        return deal(id, partner, amount, currency, closed, null);
    }

    private Opportunity deal(
            String id, String partner, String amount, String currency, LocalDate closed, @Nullable String offer) {
        return new Opportunity(
                new RecordId("crm", id),
                id,
                new RecordId(NORTH.connection(), partner),
                new RecordId("crm", "customer"),
                "Closed Won",
                true,
                true,
                Money.of(amount, currency),
                null,
                closed,
                "Partner",
                true,
                Set.of("Firewall", "Backup", "Endpoint"),
                offer,
                closed.minusDays(30).atStartOfDay(java.time.ZoneOffset.UTC).toInstant(),
                next());
    }
}
