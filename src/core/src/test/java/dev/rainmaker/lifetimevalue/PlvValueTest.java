package dev.rainmaker.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.forecast.TransactionsBuilder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlvValueTest {

    private static final SimulatedPartners PARTNERS = SimulatedPartners.of(250, 700, 5, 1);

    @Property(tries = 200)
    void raisingTheAmountOfADealNeverLowersTheValue(
            @ForAll @IntRange(min = 0, max = 200) int who,
            @ForAll @IntRange(min = 0, max = 600) int ago,
            @ForAll @DoubleRange(min = 0, max = 10_000) double amount,
            @ForAll @DoubleRange(min = 0, max = 100_000) double more) {
        PartnerHistory partner = PARTNERS.histories().get(who);
        int day = PARTNERS.today() - ago;
        PlvResult low = PARTNERS.score(partner.withDeal(Deal.of(day, amount, null), true));
        PlvResult high = PARTNERS.score(partner.withDeal(Deal.of(day, amount + more, null), true));

        assertThat(high.value().expected()).isGreaterThanOrEqualTo(low.value().expected() - 1e-9);
        assertThat(high.score()).isGreaterThanOrEqualTo(low.score());
    }

    @Test
    void anotherCurrencyUnitScalesValuesAndLeavesScores() {
        SimulatedPartners scaled = SimulatedPartners.of(250, 700, 5, 1024);
        List<PlvResult> one = PARTNERS.scores();
        List<PlvResult> other = scaled.scores();

        assertThat(scaled.fitted().model().method())
                .isEqualTo(PARTNERS.fitted().model().method());
        for (int i = 0; i < one.size(); i++) {
            double expected = 1024 * one.get(i).value().expected();
            assertThat(other.get(i).value().expected()).isCloseTo(expected, within(1e-3 * expected + 1e-9));
            assertThat(other.get(i).score().doubleValue())
                    .isCloseTo(one.get(i).score().doubleValue(), within(0.03));
        }
    }

    @Test
    void bulkScoringGivesWhatOneByOneGives() {
        Transactions deals = PARTNERS.deals();
        List<int[]> rows = new ArrayList<>();
        for (int p = 0; p < deals.partners(); p++) {
            for (int row = deals.start(p); row < deals.start(p + 1); row++) {
                rows.add(new int[] {p, row});
            }
        }
        java.util.Collections.shuffle(rows, new java.util.Random(1));
        BulkScoring.Columns bulk = BulkScoring.score(
                deals.partners(),
                rows.stream().mapToInt(row -> row[0]).toArray(),
                rows.stream().mapToInt(row -> deals.day(row[1])).toArray(),
                rows.stream().mapToDouble(row -> deals.amount(row[1])).toArray(),
                PARTNERS.fitted(),
                PARTNERS.policy(),
                PARTNERS.asOf());
        for (PlvResult result : PARTNERS.scores()) {
            int p = 0;
            while (!deals.partner(p).equals(result.partner())) {
                p++;
            }
            double expected = result.value().expected();
            assertThat(bulk.expected()[p]).isCloseTo(expected, within(1e-9 * expected + 1e-12));
            assertThat(bulk.probabilityAlive()[p]).isEqualTo(result.probabilityAlive());
            assertThat(bulk.score()[p]).isEqualTo(result.score().unscaledValue().intValue());
        }
    }

    @Test
    void residualValueFallsWithTheDiscount() {
        PartnerHistory best = PARTNERS.histories().stream()
                .max(java.util.Comparator.comparingInt(each -> each.deals().lastDay()))
                .orElseThrow();
        PlvPolicy policy = PARTNERS.policy();
        double residual = Plv.residualValue(best, PARTNERS.fitted().model(), policy, PARTNERS.asOf())
                .orElseThrow();
        double later = Plv.residualValue(
                        best, PARTNERS.fitted().model(), policy, PARTNERS.asOf().plusDays(200))
                .orElseThrow();
        assertThat(residual).isPositive();
        assertThat(later).isLessThan(residual);
    }

    @Test
    void partnersThatLoseMoneyHaveANegativeValue() {
        LocalDate asOf = LocalDate.of(2024, 6, 30);
        List<PartnerHistory> partners = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double rate = i < 30 ? -0.3 : 0.2;
            PartnerHistory history = PartnerHistory.empty("p" + i);
            for (int d = 0; d < 8; d++) {
                history = history.withDeal(
                        Deal.of((int) asOf.toEpochDay() - 20 * d - i, 100, 100 * (rate + 0.01 * (d % 3))), true);
            }
            partners.add(history);
        }
        Plv.Fitted fitted = Plv.fit(partners, PlvPolicy.standard(), asOf, "v1");
        PlvResult loser = Plv.score(partners.get(0), fitted.model(), fitted.reference(), PlvPolicy.standard(), asOf);
        assertThat(loser.value().expected()).isNegative();
        assertThat(loser.value().margin()).isTrue();
        assertThat(loser.value().lower80()).isLessThanOrEqualTo(loser.value().expected());
        assertThat(loser.term(PlvTerm.MARGIN).metric()).isCloseTo(-0.29, within(0.02));
        assertThat(loser.term(PlvTerm.VALUE).points()).isZero();
    }

    @Test
    void easyLeadsDoNotMakeAPartnerLookBetter() {
        LocalDate asOf = LocalDate.of(2024, 6, 30);
        List<PartnerHistory> partners = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // Everybody wins 80% of easy and 20% of hard leads; half of them were given the easy ones. One is really
            // better.
            String given = i % 2 == 0 ? "easy" : "hard";
            int won = i == 39 ? 70 : i % 2 == 0 ? 80 : 20;
            PartnerHistory history = PartnerHistory.empty("p" + i);
            partners.add(history.withLead(given, LeadOutcome.WON, won).withLead(given, LeadOutcome.LOST, 100 - won));
        }
        Plv.Fitted fitted = Plv.fit(partners, PlvPolicy.standard(), asOf, "v1");
        List<ScoreTerm> terms = partners.stream()
                .map(each -> Plv.score(each, fitted.model(), fitted.reference(), PlvPolicy.standard(), asOf)
                        .term(PlvTerm.CONVERSION))
                .toList();
        assertThat(terms.get(0).metric()).isCloseTo(terms.get(1).metric(), within(0.06));
        assertThat(terms.get(39).points()).isGreaterThan(terms.get(0).points());
        assertThat(terms.get(0).note()).contains("80 of 100 leads won").contains("an average partner would have won");
    }

    /** Maven CRM: 30 agents whose win rates cannot be told apart (chi-square 33.3, p = .26). */
    @Test
    void conversionThatDoesNotDifferSaysSoAndSeparatesNobody() {
        List<PartnerHistory> agents = new ArrayList<>();
        java.util.Map<String, PartnerHistory> byName = new java.util.TreeMap<>();
        for (String line : dev.rainmaker.lifetimevalue.model.Shared.lines("data/maven-crm/sales_pipeline.csv")) {
            String[] cells = line.split(",", -1);
            if (cells[4].equals("Won") || cells[4].equals("Lost")) {
                byName.merge(
                        cells[1],
                        PartnerHistory.empty(cells[1])
                                .withLead("", cells[4].equals("Won") ? LeadOutcome.WON : LeadOutcome.LOST, 1),
                        (old, one) -> old.withLead(
                                "", one.leads().get("").won() > 0 ? LeadOutcome.WON : LeadOutcome.LOST, 1));
            }
        }
        agents.addAll(byName.values());
        LocalDate asOf = LocalDate.of(2017, 12, 31);
        Plv.Fitted fitted = Plv.fit(agents, PlvPolicy.standard(), asOf, "v1");
        for (PartnerHistory agent : agents) {
            ScoreTerm term = Plv.score(agent, fitted.model(), fitted.reference(), PlvPolicy.standard(), asOf)
                    .term(PlvTerm.CONVERSION);
            assertThat(term.position()).isEqualTo(0.5);
            assertThat(term.note()).contains("not established (chi-square 33.3, 29 degrees, p = 0.26)");
        }
    }

    @Test
    void metricsFileFoldsWhatItCanAndNamesTheRest() {
        TransactionsBuilder builder = Transactions.builder();
        LocalDate day = LocalDate.of(2024, 5, 1);
        for (int i = 0; i < 10; i++) {
            builder.add(i + 2, "p" + i, day, 100, null, null);
        }
        CsvHistories read = CsvHistories.of(
                builder.build(),
                List.of(
                        new MetricRow(2, "p0", "lead_won", day, 3),
                        new MetricRow(3, "p0", "csat", day, 9),
                        new MetricRow(4, "p0", "golf", day, 1),
                        new MetricRow(5, "nobody", "training", day, 1),
                        new MetricRow(6, "p0", "certification_required", day, 2),
                        new MetricRow(7, "p0", "certification_valid", day, 1),
                        new MetricRow(8, "p0", "lead_won", day.plusYears(1), 5),
                        new MetricRow(9, "p0", "lead_lost", day, -1)),
                PlvPolicy.standard(),
                day.plusDays(30));
        PartnerHistory first = read.histories().get(0);
        assertThat(first.allLeads()).isEqualTo(new LeadCounts(3, 0, 0));
        assertThat(read.rejected()).extracting(Transactions.Rejected::line).containsExactly(3L, 4L, 9L);
        assertThat(read.unused()).extracting(Transactions.Rejected::line).containsExactly(5L);
        Plv.Fitted fitted = Plv.fit(read.histories(), PlvPolicy.standard(), day.plusDays(30), "v1");
        assertThat(Plv.score(first, fitted.model(), fitted.reference(), PlvPolicy.standard(), day.plusDays(30))
                        .term(PlvTerm.CERTIFICATION)
                        .metric())
                .isEqualTo(0.5);
    }
}
