package dev.rainmaker.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.engagement.Engagement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PartnerHistoryTest {

    /** facts/plv.md, section 4: half-life 30 d, deals (10, 1000), (40, 500), (85, 2000), as of day 100. */
    @Test
    void runRateMeetsThePublishedExample() {
        DealHistory deals =
                DealHistory.refold(List.of(Deal.of(40, 500, null), Deal.of(85, 2000, null), Deal.of(10, 1000, null)));

        double s = deals.runRates().get(0).at(100);

        assertThat(s).isCloseTo(1664.213562, within(1e-6));
        assertThat(180 * Math.log(2) / 30 * s).isCloseTo(6921.269632, within(1e-6));
    }

    @Test
    void severalDealsOfOneDayAreOneDealDay() {
        DealHistory deals =
                DealHistory.refold(List.of(Deal.of(10, 100, null), Deal.of(10, 50, null), Deal.of(12, 0, null)));

        assertThat(deals.days()).isEqualTo(2);
        assertThat(deals.deals()).isEqualTo(3);
        assertThat(deals.recent()).containsExactly(new RecentDay(10, 2, 150), new RecentDay(12, 1, 0));
    }

    @Test
    void refundMovesMoneyButMakesNoDealDay() {
        DealHistory deals =
                DealHistory.refold(List.of(Deal.of(5, -40, null), Deal.of(10, 100, null), Deal.of(30, -100, null)));

        assertThat(deals.days()).isEqualTo(1);
        assertThat(deals.firstDay()).isEqualTo(10);
        assertThat(deals.lastDay()).isEqualTo(10);
        assertThat(deals.revenue().value()).isEqualTo(-40);
    }

    @Test
    void refundsCancelWithoutRest() {
        DealHistory deals = DealHistory.EMPTY;
        for (double amount : new double[] {1e15, 0.01, -1e15, 0.02}) {
            deals = deals.with(Deal.of(1, amount, null), false);
        }
        assertThat(deals.revenue().value()).isEqualTo(0.03);
    }

    @Test
    void aMillionDealsOfOnePartnerStaySmall() {
        DealHistory deals = DealHistory.EMPTY;
        for (int i = 0; i < 1_000_000; i++) {
            deals = deals.with(Deal.of(i / 100, 1, null), i % 100 == 0);
        }
        assertThat(deals.deals()).isEqualTo(1_000_000);
        assertThat(deals.days()).isEqualTo(10_000);
        assertThat(deals.revenue().value()).isEqualTo(1e6);
        assertThat(deals.recent()).hasSize(DealHistory.WINDOW_DAYS);
    }

    @Test
    void engagementOfAnotherHalfLifeIsRefused() {
        PartnerHistory history = PartnerHistory.empty("p").withEngagement(Engagement.Kind.COSELL, 1, 1, 90);
        assertThatThrownBy(() -> history.withEngagement(Engagement.Kind.COSELL, 2, 1, 30))
                .hasMessageContaining("refold");
    }

    @Test
    void leadThatWasNeverCountedCannotBeTakenBack() {
        assertThatThrownBy(() -> PartnerHistory.empty("p").withLead("big", LeadOutcome.OPEN, -1))
                .hasMessageContaining("no open lead to take back");
    }

    @Test
    void leadInsideTheWindowIsOpenWhateverBecameOfIt() {
        assertThat(LeadOutcome.of(0, 10, 89, 90)).isEqualTo(LeadOutcome.OPEN);
        assertThat(LeadOutcome.of(0, 10, 90, 90)).isEqualTo(LeadOutcome.WON);
        assertThat(LeadOutcome.of(0, 91, 200, 90)).isEqualTo(LeadOutcome.LOST);
        assertThat(LeadOutcome.of(0, null, 90, 90)).isEqualTo(LeadOutcome.LOST);
    }

    /** Invariant I6: counts exactly, money to 1e-9 of what was moved. */
    @Property(tries = 300)
    void anyOrderOfDealsGivesTheSameHistory(@ForAll("deals") List<Deal> deals, @ForAll long seed) {
        DealHistory expected = DealHistory.refold(deals);
        List<Deal> shuffled = new ArrayList<>(deals);
        Collections.shuffle(shuffled, new Random(seed));
        DealHistory incremental = DealHistory.EMPTY;
        Set<Integer> days = new HashSet<>();
        for (Deal deal : shuffled) {
            incremental = incremental.with(deal, !deal.correction() && days.add(deal.day()));
        }

        double moved =
                deals.stream().mapToDouble(deal -> Math.abs(deal.revenue())).sum();
        assertThat(incremental.days()).isEqualTo(expected.days());
        assertThat(incremental.deals()).isEqualTo(expected.deals());
        assertThat(incremental.firstDay()).isEqualTo(expected.firstDay());
        assertThat(incremental.lastDay()).isEqualTo(expected.lastDay());
        assertThat(incremental.marginRates().n())
                .isEqualTo(expected.marginRates().n());
        assertThat(incremental.revenue().value()).isCloseTo(expected.revenue().value(), within(1e-12 * moved + 1e-300));
        assertThat(incremental.margin().value()).isCloseTo(expected.margin().value(), within(1e-12 * moved + 1e-300));
        for (int i = 0; i < DealHistory.HALF_LIVES.size(); i++) {
            assertThat(incremental.runRates().get(i).at(20_000))
                    .isCloseTo(expected.runRates().get(i).at(20_000), within(1e-9 * moved + 1e-300));
        }
        assertThat(incremental.recent().stream().map(RecentDay::day))
                .isEqualTo(expected.recent().stream().map(RecentDay::day).toList());
    }

    @Provide
    Arbitrary<List<Deal>> deals() {
        Arbitrary<Integer> day = Arbitraries.integers().between(18_000, 19_500);
        Arbitrary<Double> amount =
                Arbitraries.doubles().between(-5_000, 100_000).ofScale(2);
        Arbitrary<Double> margin =
                Arbitraries.doubles().between(-1_000, 5_000).ofScale(2).injectNull(0.3);
        return Combinators.combine(day, amount, margin).as(Deal::of).list().ofMaxSize(60);
    }
}
