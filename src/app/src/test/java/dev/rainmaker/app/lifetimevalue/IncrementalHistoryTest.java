package dev.rainmaker.app.lifetimevalue;

import static dev.rainmaker.app.lifetimevalue.Programme.START;
import static dev.rainmaker.app.lifetimevalue.Programme.answer;
import static dev.rainmaker.app.lifetimevalue.Programme.certificate;
import static dev.rainmaker.app.lifetimevalue.Programme.course;
import static dev.rainmaker.app.lifetimevalue.Programme.deal;
import static dev.rainmaker.app.lifetimevalue.Programme.engagement;
import static dev.rainmaker.app.lifetimevalue.Programme.id;
import static dev.rainmaker.app.lifetimevalue.Programme.lead;
import static dev.rainmaker.app.lifetimevalue.Programme.opportunity;
import static dev.rainmaker.app.lifetimevalue.Programme.partner;
import static dev.rainmaker.app.lifetimevalue.Programme.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.app.ledger.HistoryLedger.PartnerState;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.Decayed;
import dev.rainmaker.lifetimevalue.LeadCounts;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.RecentDay;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Statistics that follow facts one by one are those that all facts together give, whatever happened on the way. */
class IncrementalHistoryTest {

    private static final PlvPolicy POLICY = PlvPolicy.standard();
    private static final int EVENTS = 70;

    @Property(tries = 14, shrinking = ShrinkingMode.OFF)
    void anyOrderDuplicationLatenessAndTakingBackComeToTheSameAsFromScratch(@ForAll long seed) {
        Random random = new Random(seed);
        try (Programme programme = new Programme(POLICY)) {
            LocalDate today = START;
            for (int i = 0; i < 3; i++) {
                programme.state(partner("p" + i, null), 0);
            }
            for (int event = 0; event < EVENTS; event++) {
                happen(programme, random);
                if (random.nextInt(3) == 0) {
                    programme.score(today);
                }
                if (random.nextInt(6) == 0) {
                    today = today.plusDays(random.nextInt(40) - 4L);
                }
            }
            programme.score(today);

            assertSame(programme, today);
        }
    }

    /** A version of some fact, newer or older than what is held, or the same again, or its end. */
    private static void happen(Programme programme, Random random) {
        int number = random.nextInt(6);
        int version = random.nextInt(40);
        Fact fact = fact(random.nextInt(7), number, new Random(31L * number + version));
        if (random.nextInt(8) == 0) {
            programme.delete(fact.kind(), fact.id(), version);
        } else {
            programme.state(fact, version);
        }
    }

    private static Fact fact(int kind, int number, Random content) {
        LocalDate day = START.plusDays(content.nextInt(400) - 330L);
        String partner = "p" + content.nextInt(4); // p3 is no partner
        String person = "h" + content.nextInt(3);
        return switch (kind) {
            case 0, 1 ->
                opportunity(
                        "o" + (number + 6 * kind),
                        content.nextInt(8) == 0 ? null : partner,
                        content.nextInt(5) > 0,
                        content.nextInt(3) == 0 ? START.minusDays(content.nextInt(4)) : day,
                        content.nextInt(9) == 0
                                ? null
                                : Money.of(
                                        BigDecimal.valueOf(content.nextInt(2_000_000) - 100_000, 2)
                                                .toPlainString(),
                                        content.nextInt(4) == 0 ? "USD" : content.nextInt(9) == 0 ? "CHF" : "EUR"),
                        content.nextBoolean() ? Money.of(String.valueOf(content.nextInt(900)), "EUR") : null,
                        content.nextBoolean());
            case 2 ->
                lead(
                        "l" + number,
                        partner,
                        day,
                        content.nextBoolean() ? "A" : null,
                        content.nextBoolean() ? "o" + content.nextInt(12) : null,
                        content.nextBoolean());
            case 3 ->
                content.nextBoolean()
                        ? course("t" + number, person, day)
                        : certificate(
                                "t" + number,
                                person,
                                "C" + content.nextInt(2),
                                START.minusDays(content.nextInt(2)),
                                START.plusDays(10L + content.nextInt(2)));
            case 4 ->
                engagement(
                        "e" + number,
                        content.nextBoolean() ? partner : null,
                        person,
                        Engagement.Kind.values()[content.nextInt(5)],
                        day);
            case 5 -> answer("s" + number, partner, String.valueOf(1 + content.nextInt(5)), day);
            default ->
                number < 3
                        ? person("h" + number, content.nextInt(5) == 0 ? null : partner)
                        : partner("p" + (number - 3), content.nextBoolean() ? "Gold" : null);
        };
    }

    private static void assertSame(Programme programme, LocalDate today) {
        HistoryReader scratch = new HistoryReader(programme.facts, programme.rates);
        Map<RecordId, PartnerHistory> now = scratch.all(POLICY, today).histories();
        Map<RecordId, PartnerHistory> earlier =
                scratch.all(POLICY, today.minusDays(ScorePartners.TREND_DAYS)).histories();
        Map<RecordId, PartnerState> held = programme.histories.all();
        assertThat(held.keySet()).containsExactlyInAnyOrderElementsOf(now.keySet());
        held.forEach((id, state) -> {
            assertSame(state.now(), now.get(id), today);
            assertSame(state.earlier(), earlier.get(id), today.minusDays(ScorePartners.TREND_DAYS));
        });
        assertThat(programme.scores.allAsOf(Long.MAX_VALUE - 1)).hasSameSizeAs(now.keySet());
    }

    private static void assertSame(PartnerHistory held, PartnerHistory scratch, LocalDate day) {
        int asOf = (int) day.toEpochDay();
        assertThat(held.traits()).isEqualTo(scratch.traits());
        assertThat(held.leads()).isEqualTo(scratch.leads());
        assertThat(held.initiative()).isEqualTo(scratch.initiative());
        assertThat(held.certificates()).isEqualTo(scratch.certificates());
        assertThat(held.satisfaction().n()).isEqualTo(scratch.satisfaction().n());
        assertThat(held.satisfaction().sum()).isCloseTo(scratch.satisfaction().sum(), within(1e-9));
        for (Engagement.Kind kind : Engagement.Kind.values()) {
            Decayed none = Decayed.empty(POLICY.engagementHalfLifeDays());
            assertThat(held.engagement().getOrDefault(kind, none).at(asOf))
                    .isCloseTo(scratch.engagement().getOrDefault(kind, none).at(asOf), within(1e-9));
        }
        assertThat(held.deals().days()).isEqualTo(scratch.deals().days());
        assertThat(held.deals().deals()).isEqualTo(scratch.deals().deals());
        assertThat(held.deals().firstDay()).isEqualTo(scratch.deals().firstDay());
        assertThat(held.deals().lastDay()).isEqualTo(scratch.deals().lastDay());
        money(held.deals().revenue().value(), scratch.deals().revenue().value());
        money(held.deals().margin().value(), scratch.deals().margin().value());
        money(
                held.deals().marginRevenue().value(),
                scratch.deals().marginRevenue().value());
        assertThat(held.deals().marginRates().n())
                .isEqualTo(scratch.deals().marginRates().n());
        for (int i = 0; i < held.deals().runRates().size(); i++) {
            money(
                    held.deals().runRates().get(i).at(asOf),
                    scratch.deals().runRates().get(i).at(asOf));
        }
        assertThat(held.deals().recent())
                .extracting(RecentDay::day)
                .isEqualTo(scratch.deals().recent().stream().map(RecentDay::day).toList());
        for (int i = 0; i < held.deals().recent().size(); i++) {
            RecentDay own = held.deals().recent().get(i);
            RecentDay other = scratch.deals().recent().get(i);
            assertThat(own.deals()).isEqualTo(other.deals());
            money(own.revenue(), other.revenue());
        }
    }

    /** One billionth, of at least one unit of the currency. */
    private static void money(double held, double scratch) {
        assertThat(held).isCloseTo(scratch, within(1e-9 * Math.max(1, Math.abs(scratch))));
    }

    @Test
    void aPageOfVeryManyFactsComesToTheSameAsFromScratch() {
        Random random = new Random(7);
        try (Programme programme = new Programme(POLICY)) {
            programme.state(partner("p0", null), partner("p1", null), partner("p2", null), person("h1", "p1"));
            programme.score(START);
            for (int i = 0; i < 400; i++) {
                happen(programme, random);
                programme.state(deal("many" + i, "p" + i % 3, START.minusDays(i), "10" + i));
            }

            programme.score(START);

            assertSame(programme, START);
        }
    }

    @Test
    void aDealThatIsReopenedCorrectedOrMovedIsTakenBackFromWhoHadIt() {
        try (Programme programme = new Programme(POLICY)) {
            programme.state(
                    partner("p1", null),
                    partner("p2", null),
                    deal("o1", "p1", START.minusDays(80), "1000"),
                    deal("o2", "p1", START.minusDays(50), "2000"),
                    deal("o3", "p1", START.minusDays(20), "4000"),
                    deal("o4", "p2", START.minusDays(60), "500"));
            programme.score(START);

            programme.state(deal("o2", "p1", START.minusDays(50), "2500")); // corrected
            programme.score(START);
            assertThat(revenue(programme, "p1")).isEqualTo(7500);

            programme.state(deal("o2", "p2", START.minusDays(50), "2500")); // moved
            programme.score(START);
            assertThat(revenue(programme, "p1")).isEqualTo(5000);
            assertThat(revenue(programme, "p2")).isEqualTo(3000);

            programme.state(opportunity("o3", "p1", false, START.minusDays(20), null, null, false)); // reopened
            programme.score(START);
            assertThat(revenue(programme, "p1")).isEqualTo(1000);
            assertThat(history(programme, "p1").deals().lastDay())
                    .isEqualTo((int) START.minusDays(80).toEpochDay());
        }
    }

    @Test
    void aPersonWhoIsLinkedToAnotherCompanyTakesItsTrainingsAlong() {
        try (Programme programme = new Programme(POLICY)) {
            programme.state(
                    partner("p1", null),
                    partner("p2", null),
                    person("h1", "p1"),
                    course("t1", "h1", START.minusDays(3)),
                    certificate("t2", "h1", "C1", START.minusDays(3), null));
            programme.score(START);
            assertThat(history(programme, "p1").certificates()).hasSize(1);

            programme.state(person("h1", "p2"));
            programme.score(START);

            assertThat(history(programme, "p1").certificates()).isEmpty();
            assertThat(history(programme, "p2").certificates()).hasSize(1);
            assertThat(history(programme, "p2").engagement()).containsKey(Engagement.Kind.TRAINING);
        }
    }

    @Test
    void aLeadThatNobodyWonIsLostOnTheDayItsWindowEndsAndNotADayEarlier() {
        try (Programme programme = new Programme(POLICY)) {
            programme.state(partner("p1", null), lead("l1", "p1", START, null, null, false));
            programme.score(START);

            programme.score(START.plusDays(POLICY.leadWindowDays() - 1L));
            assertThat(history(programme, "p1").leads()).containsEntry("", new LeadCounts(0, 0, 1));
            programme.score(START.plusDays(POLICY.leadWindowDays()));
            assertThat(history(programme, "p1").leads()).containsEntry("", new LeadCounts(0, 1, 0));
        }
    }

    @Test
    void aCompanyThatCeasesToBeAPartnerLeavesTheRankingAndOneThatBecomesOneBringsItsPast() {
        try (Programme programme = new Programme(POLICY)) {
            programme.state(
                    partner("p1", null),
                    partner("p2", null),
                    deal("o1", "p2", START.minusDays(50), "2000"),
                    deal("o2", "p3", START.minusDays(40), "3000"));
            programme.score(START);

            programme.delete(FactKind.PARTNER, id("p2"));
            programme.state(partner("p3", "Gold"));
            programme.score(START);

            assertThat(programme.reading().ranking().rows())
                    .extracting(row -> row.partner().id())
                    .containsExactlyInAnyOrder("p1", "p3");
            assertThat(revenue(programme, "p3")).isEqualTo(3000);
        }
    }

    @Test
    void scoresOfTwoVersionsNeverStandInOneRanking() {
        try (Programme programme = new Programme(POLICY)) {
            programme.state(partner("p1", null), partner("p2", null), deal("o1", "p1", START.minusDays(5), "10"));
            programme.score(START);
            long first = programme.ledger.sequence();
            programme.state(deal("o2", "p2", START.minusDays(4), "20"));
            programme.refit(START);
            programme.refit(START); // nothing changed, and yet what a version says never changes
            programme.state(deal("o3", "p2", START.minusDays(3), "20"));
            programme.score(START);

            for (long seq = first; seq <= programme.ledger.sequence(); seq++) {
                assertThat(programme.scores.allAsOf(seq)).hasSize(2);
                assertThat(programme.scores.allAsOf(seq).stream()
                                .map(score -> score.version())
                                .distinct())
                        .hasSize(1);
            }
            assertThat(programme.versions.latest(10)).hasSize(3);
        }
    }

    private static PartnerHistory history(Programme programme, String partner) {
        return programme.histories.find(id(partner)).orElseThrow().now();
    }

    private static double revenue(Programme programme, String partner) {
        return history(programme, partner).deals().revenue().value();
    }
}
