package dev.rainmaker.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.lifetimevalue.forecast.FittedModels;
import dev.rainmaker.lifetimevalue.forecast.ForecastMethod;
import dev.rainmaker.lifetimevalue.forecast.Snapshot;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.forecast.TransactionsBuilder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Invariant I6: the incremental state equals recomputation, whatever the order, duplication, lateness and taking back of events. */
class InvariantsTest {

    private static final SimulatedPartners PARTNERS = SimulatedPartners.of(200, 600, 17, 1);

    /** Deal {@code id} as of its {@code version}: won with a deal, or taken back without. */
    record Event(
            int id,
            int version,
            @org.jspecify.annotations.Nullable Deal deal) {}

    /** What a ledger does with the core: folds what is new in constant time, refolds where something known changed. */
    private static final class Ledger {
        private final Map<Integer, Event> known = new HashMap<>();
        private DealHistory history = DealHistory.EMPTY;

        void take(Event event) {
            Event before = known.get(event.id());
            if (before != null && before.version() >= event.version()) {
                return;
            }
            known.put(event.id(), event);
            Deal deal = event.deal();
            if (before == null && deal != null) {
                boolean newDay = known.values().stream()
                        .filter(other -> other.id() != event.id() && other.deal() != null)
                        .noneMatch(other ->
                                !other.deal().correction() && other.deal().day() == deal.day());
                history = history.with(deal, newDay);
            } else if (before != null) {
                history = DealHistory.refold(standing());
            }
        }

        List<Deal> standing() {
            return new TreeMap<>(known)
                    .values().stream()
                            .map(Event::deal)
                            .filter(java.util.Objects::nonNull)
                            .toList();
        }
    }

    @Property(tries = 300)
    void anyOrderDuplicationAndTakingBackEndsWhereRecomputationDoes(
            @ForAll("events") List<Event> events, @ForAll long seed) {
        List<Event> delivered = new ArrayList<>(events);
        delivered.addAll(events.subList(0, events.size() / 2));
        Collections.shuffle(delivered, new Random(seed));
        Ledger ledger = new Ledger();
        delivered.forEach(ledger::take);
        DealHistory before = ledger.history;
        delivered.forEach(ledger::take);
        assertThat(ledger.history).as("replay is a no-op").isEqualTo(before);

        Map<Integer, Event> latest = new TreeMap<>();
        for (Event event : events) {
            latest.merge(event.id(), event, (a, b) -> a.version() >= b.version() ? a : b);
        }
        DealHistory expected = DealHistory.refold(latest.values().stream()
                .map(Event::deal)
                .filter(java.util.Objects::nonNull)
                .toList());
        same(ledger.history, expected);
    }

    private static void same(DealHistory one, DealHistory other) {
        double moved = 1;
        for (RecentDay day : other.recent()) {
            moved += Math.abs(day.revenue());
        }
        moved += Math.abs(other.revenue().value()) + 1e6;
        assertThat(one.days()).isEqualTo(other.days());
        assertThat(one.deals()).isEqualTo(other.deals());
        assertThat(one.firstDay()).isEqualTo(other.firstDay());
        assertThat(one.lastDay()).isEqualTo(other.lastDay());
        assertThat(one.revenue().value()).isCloseTo(other.revenue().value(), within(1e-9 * moved));
        for (int i = 0; i < DealHistory.HALF_LIVES.size(); i++) {
            assertThat(one.runRates().get(i).at(20_000))
                    .isCloseTo(other.runRates().get(i).at(20_000), within(1e-9 * moved));
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Deal> deal = Combinators.combine(
                        Arbitraries.integers().between(18_900, 19_100),
                        Arbitraries.doubles().between(-500, 10_000).ofScale(2))
                .as((day, amount) -> Deal.of(day, amount, null));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.integers().between(0, 1_000),
                        deal.injectNull(0.2))
                .as(Event::new)
                .list()
                .ofMaxSize(30)
                .map(InvariantsTest::oneEventPerVersion);
    }

    private static List<Event> oneEventPerVersion(List<Event> events) {
        Set<List<Integer>> seen = new HashSet<>();
        return events.stream()
                .filter(event -> seen.add(List.of(event.id(), event.version())))
                .toList();
    }

    @Property(tries = 100)
    void mixedEventsInAnyOrderGiveTheSameScore(@ForAll long seed) {
        Random random = new Random(seed);
        List<UnaryOperator<PartnerHistory>> events = new ArrayList<>();
        int today = PARTNERS.today();
        for (int i = 0; i < 12; i++) {
            int day = today - random.nextInt(300);
            int which = random.nextInt(Engagement.Kind.values().length);
            int answer = 1 + random.nextInt(5);
            boolean won = random.nextBoolean();
            events.add(history -> history.withEngagement(
                    Engagement.Kind.values()[which], day, 1, PARTNERS.policy().engagementHalfLifeDays()));
            events.add(history -> history.withSatisfaction(answer));
            events.add(history -> history.withLead(won ? "big" : "small", won ? LeadOutcome.WON : LeadOutcome.LOST, 1));
            events.add(history -> history.withOpportunity(won, 1));
        }
        PlvResult one = PARTNERS.score(folded(events));
        Collections.shuffle(events, random);
        PlvResult other = PARTNERS.score(folded(events));
        assertThat(other.score()).isEqualTo(one.score());
        for (PlvTerm term : PlvTerm.values()) {
            assertThat(other.term(term).metric()).isCloseTo(one.term(term).metric(), within(1e-9));
        }
    }

    private static PartnerHistory folded(List<UnaryOperator<PartnerHistory>> events) {
        PartnerHistory history = PARTNERS.histories().get(3);
        for (UnaryOperator<PartnerHistory> event : events) {
            history = event.apply(history);
        }
        return history;
    }

    @Property(tries = 200)
    void columnsFoldIntoWhatDealByDealGives(@ForAll("deals") List<Deal> deals) {
        LocalDate asOf = LocalDate.ofEpochDay(19_050);
        TransactionsBuilder builder = Transactions.builder();
        for (Deal deal : deals) {
            builder.add(1, "p", deal.day(), deal.revenue(), deal.margin() == null ? Double.NaN : deal.margin(), null);
        }
        Transactions columns = builder.build();
        if (columns.partners() == 0) {
            return;
        }
        List<Deal> sorted = new ArrayList<>();
        for (int row = 0; row < columns.size(); row++) {
            if (columns.day(row) <= asOf.toEpochDay()) {
                double margin = columns.margin(row);
                sorted.add(Deal.of(columns.day(row), columns.amount(row), Double.isNaN(margin) ? null : margin));
            }
        }
        assertThat(DealHistory.of(columns, 0, (int) asOf.toEpochDay())).isEqualTo(DealHistory.refold(sorted));
    }

    @Provide
    Arbitrary<List<Deal>> deals() {
        return Combinators.combine(
                        Arbitraries.integers().between(18_500, 19_100),
                        Arbitraries.doubles().between(-500, 10_000).ofScale(2),
                        Arbitraries.doubles().between(-50, 1_000).ofScale(2).injectNull(.4))
                .as(Deal::of)
                .list()
                .ofMaxSize(50);
    }

    /** For every method, not only the one chosen; more deals may lower a deal-flow forecast, a larger deal never. */
    @Property(tries = 200)
    void largerDealsNeverLowerTheForecastOfAnyMethod(
            @ForAll @IntRange(min = 1, max = 40) int days,
            @ForAll @IntRange(min = 0, max = 500) int recency,
            @ForAll @IntRange(min = 0, max = 300) int silence,
            @ForAll @DoubleRange(min = -1_000, max = 50_000) double revenue,
            @ForAll @DoubleRange(min = 0, max = 50_000) double more) {
        FittedModels models = PARTNERS.fitted().model().fitted();
        int seen = days == 1 ? 0 : Math.max(recency, days - 1);
        for (String name : List.of(
                "last-period",
                "last-90d",
                "last-365d",
                "ewma-30d",
                "ewma-365d",
                "all-history",
                "mbg-nbd",
                "bg-nbd",
                "pareto-nbd",
                "pareto-nbd+ewma-90d")) {
            ForecastMethod method = ForecastMethod.of(name);
            if (method.problem(models) == null) {
                assertThat(method.revenue(snapshot(days, seen, silence, revenue + more), models, 120))
                        .as(name)
                        .isGreaterThanOrEqualTo(method.revenue(snapshot(days, seen, silence, revenue), models, 120));
            }
        }
    }

    private static Snapshot snapshot(int days, int recency, int silence, double revenue) {
        double[] rates = {revenue / 4, revenue / 3, revenue / 2, revenue};
        return new Snapshot(days, recency, recency + silence, revenue, rates, revenue, revenue, revenue, days);
    }

    /** A refit in another currency: values scale, scores stay; .9137 is no power of two, so rounding is not hidden. */
    @Test
    void anotherCurrencyScalesValuesAndAfterARefitLeavesScores() {
        double rate = .9137;
        SimulatedPartners other = SimulatedPartners.of(200, 600, 17, rate);
        List<PlvResult> one = PARTNERS.scores();
        List<PlvResult> two = other.scores();
        for (int i = 0; i < one.size(); i++) {
            double expected = rate * one.get(i).value().expected();
            assertThat(two.get(i).value().expected()).isCloseTo(expected, within(2e-3 * expected + 1e-6));
            assertThat(two.get(i).score().doubleValue())
                    .isCloseTo(one.get(i).score().doubleValue(), within(0.05));
        }
    }
}
