package dev.rainmaker.dealregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifeCycleTest {

    private static final Instant NOW = Instant.parse("2026-01-10T15:00:00Z");
    private static final DealPolicy POLICY = Deals.usual();

    private static Registration moved(Registration held, Step step, Instant now) {
        return ((Move.Moved) LifeCycle.apply(held, step, POLICY, now)).after();
    }

    private static Registration approved() {
        return moved(Deals.submitted("DR-1", Deals.NORTH, "c"), new Step.Approve("rev", "ok"), NOW);
    }

    private static String refused(Registration held, Step step, Instant now) {
        return ((Move.Refused) LifeCycle.apply(held, step, POLICY, now)).why();
    }

    @Test
    void dayNinetyIsProtectedAndDayNinetyOneIsNot() {
        Instant until = POLICY.protectedUntil(NOW);

        assertThat(until).isEqualTo("2026-04-11T00:00:00Z");
        Period period = new Period(NOW, until);
        assertThat(period.contains(Instant.parse("2026-04-10T23:59:59.999999Z")))
                .isTrue();
        assertThat(period.contains(until)).isFalse();
    }

    @Test
    void daysAreThoseOfThePolicysZoneAlsoWhereClocksChange() {
        DealPolicy berlin = Deals.policy(ZoneId.of("Europe/Berlin"), 90, 30, Map.of());

        assertThat(berlin.protectedUntil(Instant.parse("2026-01-10T15:00:00Z"))).isEqualTo("2026-04-10T22:00:00Z");
        assertThat(berlin.protectedUntil(Instant.parse("2026-08-10T15:00:00Z"))).isEqualTo("2026-11-08T23:00:00Z");
    }

    @Test
    void theLeapDayCountsAsADay() {
        assertThat(POLICY.protectedUntil(Instant.parse("2028-01-10T15:00:00Z"))).isEqualTo("2028-04-10T00:00:00Z");
        assertThat(POLICY.protectedUntil(Instant.parse("2027-01-10T15:00:00Z"))).isEqualTo("2027-04-11T00:00:00Z");
    }

    @Test
    void anExtensionInTheLastInstantIsInTimeAndInTheNextItIsLate() {
        Registration held = approved();
        Instant until = held.lockUntil();
        Step extend = new Step.Extend("rev", "busy", "a meeting on Friday");

        Registration longer = moved(held, extend, until.minusNanos(1_000));

        assertThat(longer.state()).isEqualTo(RegistrationState.EXTENDED);
        assertThat(longer.lockUntil()).isEqualTo("2026-05-11T00:00:00Z");
        assertThat(refused(held, extend, until)).contains("expired on");
    }

    @Test
    void expiryIsRefusedBeforeTheInstantAndDueAtIt() {
        Registration held = approved();
        Step expire = new Step.Expire("timer", "over");

        assertThat(refused(held, expire, held.lockUntil().minusNanos(1_000))).contains("has not expired");
        assertThat(moved(held, expire, held.lockUntil()).state()).isEqualTo(RegistrationState.EXPIRED);
    }

    @Test
    void oneExtensionIsAllowedAndASecondIsNot() {
        Step extend = new Step.Extend("rev", "busy", "an offer");
        Registration longer = moved(approved(), extend, NOW);

        assertThat(refused(longer, extend, NOW)).contains("already");
    }

    @Test
    void anExtensionNeedsAProofOfActivity() {
        assertThat(refused(approved(), new Step.Extend("rev", "busy", " "), NOW))
                .contains("proof of activity");
    }

    @Test
    void whatHasEndedStaysEnded() {
        Registration lost = moved(approved(), new Step.Lose("crm", "lost"), NOW);

        assertThat(refused(lost, new Step.Approve("rev", "again"), NOW)).contains("lost");
        assertThat(refused(lost, new Step.Release("rev", "again"), NOW)).contains("lost");
    }

    @Test
    void aPeriodOfNoLengthAndAReversedOneAreRefused() {
        assertThatThrownBy(() -> new Period(NOW, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Period(NOW, NOW.minusNanos(1_000)))
                .hasMessageContaining("must end after it begins");
        assertThat(new Period(NOW, NOW.plusNanos(1_000)).contains(NOW)).isTrue();
    }

    @Test
    void aReviewIsDueAfterTwoBusinessDays() {
        assertThat(POLICY.reviewBy(Instant.parse("2026-01-08T10:00:00Z")))
                .isEqualTo("2026-01-12T10:00:00Z"); // Thursday
        assertThat(POLICY.reviewBy(Instant.parse("2026-01-10T10:00:00Z")))
                .isEqualTo("2026-01-14T00:00:00Z"); // Saturday
    }

    @Test
    void allProductsMeetAnyProductAndTwoProductsDoNotMeet() {
        ProductScope firewall = new ProductScope(Set.of("Edge Firewall"));

        assertThat(ProductScope.ALL.overlaps(firewall)).isTrue();
        assertThat(firewall.overlaps(ProductScope.ALL)).isTrue();
        assertThat(firewall.overlaps(new ProductScope(Set.of("edge firewall")))).isTrue();
        assertThat(firewall.overlaps(new ProductScope(Set.of("Cloud Backup")))).isFalse();
    }
}
