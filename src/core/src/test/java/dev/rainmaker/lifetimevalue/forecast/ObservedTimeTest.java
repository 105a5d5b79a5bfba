package dev.rainmaker.lifetimevalue.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ObservedTimeTest {

    @Test
    void windowsThatReachBackBeforeTheDataAreScaledUp() {
        assertThat(new ObservedTime(60).ofWindow(180)).isEqualTo(3);
        assertThat(new ObservedTime(180).ofWindow(180)).isEqualTo(1);
        assertThat(ObservedTime.LONG.ofWindow(1830)).isEqualTo(1);
        assertThat(ObservedTime.LONG.ofDecay(365)).isEqualTo(1);
        assertThat(new ObservedTime(90).ofDecay(90)).isCloseTo(2, within(1e-12));
    }

    @Test
    void oneDayIsTakenAsFourWeeksNotAsAHundredAndEightiethOfTheHorizon() {
        assertThat(new ObservedTime(1).ofWindow(180)).isCloseTo(180 / 28.0, within(1e-12));
    }

    /** A partner that sells the same every day is forecast the same by every method of its own past, however short the data. */
    @Property(tries = 60)
    void steadySellersAreForecastAlikeByEveryBaseline(
            @ForAll @IntRange(min = 28, max = 700) int days, @ForAll @IntRange(min = 7, max = 365) int horizon) {
        LocalDate start = LocalDate.of(2024, 1, 1);
        TransactionsBuilder builder = Transactions.builder();
        for (int d = 0; d < days; d++) {
            builder.add(d, "steady", start.plusDays(d), 10, null, null);
        }
        int asOf = (int) start.toEpochDay() + days - 1;
        Snapshot partner = new SnapshotTable(builder.build(), asOf, horizon).snapshot(0);
        FittedModels none = new FittedModels(List.of(), new FittedMoney(0, 0, 0, 0, 0, "not needed"), 0, 0, "none");
        for (ForecastMethod method : Candidates.BASELINES) {
            assertThat(method.revenue(partner, none, horizon))
                    .as(method.name())
                    .isCloseTo(10.0 * horizon, within(10.0 * horizon * 0.02));
        }
    }

    /** Facts: k of AdventureWorks resellers is 20.5, of CDNOW 1.07. */
    @Test
    void regularityOfTheReferenceSetsIsWhatPairsThatShareNoGapGive() {
        Transactions resellers = SharedDeals.adventureWorks();
        Transactions buyers = SharedDeals.cdnow();
        assertThat(regularity(resellers)).isCloseTo(20.5, within(.1));
        assertThat(regularity(buyers)).isCloseTo(1.07, within(.05));
    }

    private static double regularity(Transactions deals) {
        return new SnapshotTable(deals, (int) deals.lastDate().toEpochDay(), 180)
                .regularity()
                .k();
    }

    @Test
    void sampleOfPartnersKeepsTheDatesOfAll() {
        Transactions all = SharedDeals.simulated(500, 600, 3, 1, "EUR");
        Transactions some = all.sample(100);
        assertThat(some.partners()).isEqualTo(100);
        assertThat(some.firstDate()).isEqualTo(all.firstDate());
        assertThat(some.lastDate()).isEqualTo(all.lastDate());
        assertThat(some.currency()).isEqualTo("EUR");
        assertThat(some.partner(1)).isEqualTo(all.partner(5));
        assertThat(some.amount(some.start(1))).isEqualTo(all.amount(all.start(5)));
        assertThat(all.sample(500)).isSameAs(all);
    }
}
