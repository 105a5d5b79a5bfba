package dev.rainmaker.lifetimevalue.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacktestTest {

    /** facts/plv.md, section 7: last 182 days .908 and .404, BG/NBD + Gamma-Gamma .66 and 1.13. */
    @Test
    void regularOrderingOfAdventureWorksFallsBackToRecency() {
        LocalDate cutoff = LocalDate.of(2019, 11, 30);
        BacktestReport report = Backtest.run(
                SharedDeals.adventureWorks(), BacktestOptions.ofHorizon(182).withCutoffs(List.of(cutoff)));

        BacktestReport.Origin origin = report.origins().get(0);
        Accuracy chosen = origin.models().get(report.chosen());
        assertThat(origin.n()).isEqualTo(628);
        assertThat(report.reason()).contains("too regularly");
        assertThat(origin.models()).doesNotContainKey("bg-nbd");
        assertThat(chosen.spearman()).isGreaterThanOrEqualTo(.90);
        assertThat(chosen.maeOverMean()).isLessThanOrEqualTo(.42);
        assertThat(origin.models().get("last-period").spearman()).isCloseTo(.908, within(.001));
        assertThat(origin.models().get("last-period").maeOverMean()).isCloseTo(.404, within(.001));
        assertThat(origin.models().get("last-period").top10Share()).isCloseTo(.431, within(.001));
        assertThat(origin.models().get("ewma-90d").spearman()).isCloseTo(.814, within(.001));
        assertThat(chosen.coverage80()).isBetween(.7, .9);
    }

    /** facts/plv.md, section 7: error of BG/NBD + Gamma-Gamma 30.41 $, of revenue per day of age 73.02 $. */
    @Test
    void choiceOnCdnowBeatsTheNaiveRate() {
        BacktestReport report = Backtest.run(
                SharedDeals.cdnow(), BacktestOptions.ofHorizon(273).withCutoffs(List.of(LocalDate.of(1997, 9, 30))));

        BacktestReport.Origin origin = report.origins().get(0);
        assertThat(origin.n()).isEqualTo(2357);
        assertThat(origin.models().get(report.chosen()).maeOverMean())
                .isLessThan(0.6 * origin.models().get("all-history").maeOverMean());
        assertThat(origin.models().get("bg-nbd").maeOverMean())
                .isLessThan(origin.models().get("last-90d").maeOverMean());
        assertThat(origin.models().get("ewma-30d").spearman()).isCloseTo(.458, within(.002));
        assertThat(report.notes()).anyMatch(note -> note.contains("too short for 273 days"));
    }

    @Test
    void whatHappensAfterAnOriginDoesNotChangeTheChoiceThere() {
        Transactions all = SharedDeals.simulated(300, 900, 3, 1, null);
        LocalDate cutoff = LocalDate.of(2022, 1, 1).plusDays(600);
        TransactionsBuilder until = Transactions.builder();
        TransactionsBuilder altered = Transactions.builder();
        for (int i = 0; i < all.partners(); i++) {
            for (int row = all.start(i); row < all.start(i + 1); row++) {
                LocalDate date = LocalDate.ofEpochDay(all.day(row));
                boolean later = date.isAfter(cutoff);
                altered.add(1, all.partner(i), date, later ? 1e6 - all.amount(row) : all.amount(row), null, null);
                if (!later) {
                    until.add(1, all.partner(i), date, all.amount(row), null, null);
                }
            }
        }
        Choice seen = Backtest.choose(until.build(), cutoff, 120, 1);

        assertThat(Backtest.choose(all, cutoff, 120, 1)).isEqualTo(seen);
        assertThat(Backtest.choose(altered.build(), cutoff, 120, 1)).isEqualTo(seen);
        assertThat(seen.origins()).allMatch(day -> day + 120 <= cutoff.toEpochDay());
    }

    @Test
    void intervalsCoverWhatTheyPromiseOnSimulatedPartners() {
        BacktestReport report =
                Backtest.run(SharedDeals.simulated(400, 1_000, 8, 1, null), BacktestOptions.ofHorizon(120));

        assertThat(report.origins()).hasSize(6);
        assertThat(report.total().get("chosen").coverage80()).isBetween(.72, .93);
        assertThat(report.total().get("chosen").maeOverMean())
                .isLessThanOrEqualTo(report.total().get("all-history").maeOverMean());
    }

    @Test
    void randomBuyersGetAFittedModel() {
        Choice choice = Backtest.choose(
                SharedDeals.simulated(900, 700, 21, 1, null),
                LocalDate.of(2022, 1, 1).plusDays(999),
                180,
                1);
        assertThat(ForecastMethod.of(choice.method()).usesFlow()).isTrue();
        assertThat(choice.reason()).contains("beats it");
        assertThat(choice.intervals().calibrated()).isTrue();
    }

    @Test
    void tooShortDataSayWhatTheyWouldNeed() {
        Transactions few = Transactions.builder()
                .add(1, "a", LocalDate.of(2024, 1, 1), 10, null, null)
                .add(2, "a", LocalDate.of(2024, 1, 20), 10, null, null)
                .build();
        assertThatThrownBy(() -> Backtest.run(few, BacktestOptions.ofHorizon(180)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2024-01-01 to 2024-01-20")
                .hasMessageContaining("shorter horizon");
        assertThat(Backtest.choose(few, LocalDate.of(2024, 1, 20), 180, 1).reason())
                .contains("too short");
    }

    @Test
    void cutoffWithoutOutcomeIsNamedAndLeftOut() {
        Transactions deals = SharedDeals.simulated(100, 400, 5, 1, null);
        BacktestReport report = Backtest.run(
                deals,
                BacktestOptions.ofHorizon(60).withCutoffs(List.of(LocalDate.of(2022, 9, 1), LocalDate.of(2030, 1, 1))));
        assertThat(report.origins()).hasSize(1);
        assertThat(report.notes()).anyMatch(note -> note.contains("2030-01-01"));
    }

    @Test
    void accuracyMeetsHandCountedValues() {
        // ranks 1 2.5 2.5 4 against 2 1 3 4: products of deviations .75 + 0 + 0 + 2.25, squares 4.5 and 5
        Accuracy accuracy =
                Accuracy.of(new double[] {0, 5, 5, 9}, new double[] {2, 0, 4, 10}, Intervals.uncalibrated(1));
        assertThat(accuracy.spearman()).isCloseTo(3 / Math.sqrt(4.5 * 5), within(1e-12));
        assertThat(accuracy.top10Share()).isCloseTo(10 / 16.0, within(1e-12));
        assertThat(accuracy.maeOverMean()).isCloseTo(9 / 16.0, within(1e-12));
        assertThat(accuracy.sumRatio()).isCloseTo(19 / 16.0, within(1e-12));
        assertThat(Accuracy.of(new double[] {1, 1}, new double[] {0, 0}, null).spearman())
                .isNull();
    }
}
