package dev.rainmaker.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeDealTest {

    private static final RecordId NORTH = new RecordId("crm", "north");
    private static final RecordId SOUTH = new RecordId("crm", "south");
    private static final RecordId EAST = new RecordId("crm", "east");
    private static final LocalDate CREATED = LocalDate.of(2026, 3, 1);
    private static final LocalDate CLOSED = LocalDate.of(2026, 6, 30);

    @Test
    void theEarliestProofOfOriginMakesTheSourceAndTheOthersInfluence() {
        Attribution result = attribute(
                AttributionModel.LINEAR,
                touch(SOUTH, Touch.Kind.REGISTRATION, 2),
                touch(NORTH, Touch.Kind.PARTNER_LEAD, -20),
                touch(EAST, Touch.Kind.COSELL, 40));

        assertThat(result.kind()).isEqualTo(Attribution.Kind.SOURCED);
        assertThat(result.credits())
                .extracting(Credit::partner, Credit::part, Credit::primary)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(NORTH, Part.SOURCED, true),
                        org.assertj.core.groups.Tuple.tuple(SOUTH, Part.INFLUENCED, false),
                        org.assertj.core.groups.Tuple.tuple(EAST, Part.INFLUENCED, false));
        assertThat(result.credits())
                .extracting(credit -> credit.share().amount().toPlainString())
                .containsExactly("33.34", "33.33", "33.33");
    }

    @ParameterizedTest
    @CsvSource({"14, SOURCED", "15, INFLUENCED"})
    void aRegistrationMakesASourceWithinTheWindowAfterTheDealsCreation(int days, Attribution.Kind expected) {
        assertThat(attribute(AttributionModel.LINEAR, touch(NORTH, Touch.Kind.REGISTRATION, days))
                        .kind())
                .isEqualTo(expected);
    }

    @Test
    void anAssignedLeadInfluencesAndDoesNotSource() {
        Attribution result = attribute(AttributionModel.LINEAR, touch(NORTH, Touch.Kind.ASSIGNED_LEAD, 0));

        assertThat(result.kind()).isEqualTo(Attribution.Kind.INFLUENCED);
        assertThat(result.credits().get(0).primary()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1, DIRECT", "0, INFLUENCED", "121, INFLUENCED", "122, DIRECT"})
    void coSellingCountsFromTheDealsCreationToItsClose(int day, Attribution.Kind expected) {
        assertThat(attribute(AttributionModel.LINEAR, touch(NORTH, Touch.Kind.COSELL, day))
                        .kind())
                .isEqualTo(expected);
    }

    @Test
    void whoOnlyDeliversIsAttachedAndGetsNoShare() {
        Attribution alone = attribute(AttributionModel.LINEAR, touch(NORTH, Touch.Kind.FULFILMENT, 121));
        Attribution beside = attribute(
                AttributionModel.LINEAR, touch(NORTH, Touch.Kind.FULFILMENT, 121), touch(SOUTH, Touch.Kind.COSELL, 10));

        assertThat(alone.kind()).isEqualTo(Attribution.Kind.ATTACHED);
        assertThat(alone.credits().get(0).share().amount()).isZero();
        assertThat(beside.kind()).isEqualTo(Attribution.Kind.INFLUENCED);
        assertThat(beside.credits()).extracting(Credit::part).containsExactly(Part.INFLUENCED, Part.ATTACHED);
    }

    @Test
    void aStatedSourceGivesWayToProofAndIsCalledUnproven() {
        Attribution stated = attribute(AttributionModel.LINEAR, touch(NORTH, Touch.Kind.STATED_SOURCE, 0));
        Attribution proven = attribute(
                AttributionModel.LINEAR,
                touch(NORTH, Touch.Kind.STATED_SOURCE, 0),
                touch(SOUTH, Touch.Kind.REGISTRATION, 5));

        assertThat(stated.sourceUnproven()).isTrue();
        assertThat(proven.sourceUnproven()).isFalse();
        assertThat(proven.credits().get(0).partner()).isEqualTo(SOUTH);
    }

    @Test
    void aStatedSourceCountsForNothingWhereTheRuleDoesNotAcceptIt() {
        WonDeal deal = deal("100.00", touch(NORTH, Touch.Kind.STATED_SOURCE, 0));
        AttributionRules strict = new AttributionRules(
                "strict", AttributionModel.LINEAR, Duration.ofDays(14), Duration.ofDays(30), false);

        assertThat(AttributeDeal.attribute(deal, strict).kind()).isEqualTo(Attribution.Kind.DIRECT);
    }

    /** Three touches 60, 30 and 0 days before the close and a half-life of 30 days: 1/4, 1/2, 1 of 7/4. */
    @ParameterizedTest
    @CsvSource({
        "FIRST_TOUCH, 700.00, 0.00, 0.00",
        "LAST_TOUCH, 0.00, 0.00, 700.00",
        "LINEAR, 233.34, 233.33, 233.33",
        "TIME_DECAY, 100.00, 200.00, 400.00",
        "POSITION_BASED, 280.00, 140.00, 280.00"
    })
    void eachModelSharesAsItSays(AttributionModel model, BigDecimal north, BigDecimal south, BigDecimal east) {
        WonDeal deal = deal(
                "700.00",
                touch(NORTH, Touch.Kind.COSELL, 61),
                touch(SOUTH, Touch.Kind.COSELL, 91),
                touch(EAST, Touch.Kind.COSELL, 121));

        Attribution result = AttributeDeal.attribute(deal, rules(model));

        assertThat(share(result, NORTH)).isEqualByComparingTo(north);
        assertThat(share(result, SOUTH)).isEqualByComparingTo(south);
        assertThat(share(result, EAST)).isEqualByComparingTo(east);
    }

    @Test
    void aRuleWithoutAHalfLifeIsRefused() {
        assertThatThrownBy(() -> new AttributionRules("r", AttributionModel.LINEAR, Duration.ZERO, Duration.ZERO, true))
                .hasMessageContaining("half-life");
    }

    @Property(tries = 10_000)
    void sharesSumExactlyWhateverTheMoneyTheTouchesAndTheModel(
            @ForAll("deals") WonDeal deal, @ForAll AttributionModel model) {
        Attribution result = AttributeDeal.attribute(deal, rules(model));

        Money sum = result.credits().stream()
                .map(Credit::share)
                .reduce(new Money(BigDecimal.ZERO, deal.amount().currency()), Money::plus);
        boolean led = result.kind().partnerLed();
        assertThat(sum)
                .isEqualTo(
                        led
                                ? result.amount()
                                : new Money(BigDecimal.ZERO, deal.amount().currency()));
        assertThat(result.credits().stream().filter(Credit::primary).count()).isEqualTo(led ? 1 : 0);
        assertThat(result.credits())
                .allSatisfy(credit -> assertThat(credit.share().amount().signum()
                                * deal.amount().amount().signum())
                        .isNotNegative());
    }

    @Property(tries = 500)
    void theOrderOfTouchesChangesNothing(@ForAll("deals") WonDeal deal, @ForAll long seed) {
        List<Touch> shuffled = new ArrayList<>(deal.touches());
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.addAll(deal.touches()); // and duplicates neither
        WonDeal same = new WonDeal(deal.id(), deal.amount(), deal.createdAt(), deal.closedOn(), shuffled);

        assertThat(AttributeDeal.attribute(same, rules(AttributionModel.TIME_DECAY)))
                .isEqualTo(AttributeDeal.attribute(deal, rules(AttributionModel.TIME_DECAY)));
    }

    @Provide
    Arbitrary<WonDeal> deals() {
        Arbitrary<Touch> touches = Combinators.combine(
                        Arbitraries.of(NORTH, SOUTH, EAST),
                        Arbitraries.of(Touch.Kind.class),
                        Arbitraries.integers().between(-400, 200),
                        Arbitraries.integers().between(0, 5))
                .as((partner, kind, day, evidence) ->
                        new Touch(partner, kind, day(day), new RecordId("crm", "e" + evidence)));
        Arbitrary<Money> money = Combinators.combine(
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("-1e9"), new BigDecimal("1e12"))
                                .ofScale(6),
                        Arbitraries.of("USD", "EUR", "JPY", "KWD", "XXX"))
                .as(Money::new);
        return Combinators.combine(money, touches.list().ofMaxSize(12))
                .as((amount, list) -> new WonDeal(new RecordId("crm", "deal"), amount, day(0), CLOSED, list));
    }

    private static BigDecimal share(Attribution result, RecordId partner) {
        return result.credits().stream()
                .filter(credit -> credit.partner().equals(partner))
                .map(credit -> credit.share().amount())
                .findFirst()
                .orElseThrow();
    }

    private static Attribution attribute(AttributionModel model, Touch... touches) {
        return AttributeDeal.attribute(deal("100.00", touches), rules(model));
    }

    private static AttributionRules rules(AttributionModel model) {
        return new AttributionRules("r1", model, Duration.ofDays(14), Duration.ofDays(30), true);
    }

    private static WonDeal deal(String amount, Touch... touches) {
        return new WonDeal(new RecordId("crm", "deal"), Money.of(amount, "USD"), day(0), CLOSED, List.of(touches));
    }

    private static Touch touch(RecordId partner, Touch.Kind kind, int day) {
        return new Touch(partner, kind, day(day), new RecordId("crm", kind.word() + day));
    }

    private static Instant day(int days) {
        return CREATED.plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
