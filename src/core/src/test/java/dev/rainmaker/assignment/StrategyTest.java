package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.everyLead;
import static dev.rainmaker.assignment.A.market;
import static dev.rainmaker.assignment.A.when;
import static dev.rainmaker.assignment.A.winner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.fact.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrategyTest {

    @Test
    void topPlvTakesTheHighestScoreAndBreaksTiesByOpenLeads() {
        var market = market(
                        aPartner("a").score("70"),
                        aPartner("b").score("70"),
                        aPartner("c").score("69.99"))
                .rule(Pool.STANDARD, new Strategy.TopPlv());
        assertThat(winner(market.open("a", 1).decide(aLead("l")))).isEqualTo("b");
        assertThat(winner(market.open("b", 1).decide(aLead("l")))).isEqualTo("a");
    }

    @Test
    void territoryPrefersThePartnerThatNamesTheState() {
        var market = market(
                        aPartner("wide").in("US", "CA").score("90"),
                        aPartner("country").in("US").score("95"),
                        aPartner("state").in("US").inStates("TX").score("10"))
                .rule(Pool.STANDARD, new Strategy.Territory());
        assertThat(winner(market.decide(aLead("l").in("US").inState("TX")))).isEqualTo("state");
        assertThat(winner(market.decide(aLead("l").in("US").inState("CA")))).isEqualTo("country");
        assertThat(winner(market.decide(aLead("l").in("CA")))).isEqualTo("wide");
    }

    @Test
    void tierComesBeforeScore() {
        var market = market(
                        aPartner("gold").tier("Gold").score("10"),
                        aPartner("silver").tier("silver").score("99"),
                        aPartner("none").score("100"))
                .rule(Pool.STANDARD, new Strategy.Tier(List.of("gold", "silver")));
        assertThat(winner(market.decide(aLead("l")))).isEqualTo("gold");
        assertThat(winner(market.decide(aLead("l").declinedBy("gold")))).isEqualTo("silver");
        assertThat(winner(market.decide(aLead("l").declinedBy("gold", "silver"))))
                .isEqualTo("none");
        assertThat(winner(market.decide(aLead("l").declinedBy("gold", "silver", "none"))))
                .isEqualTo("all-declined");
    }

    @Test
    void greedyExpectedValueWeighsTheChanceToWinAgainstTheMargin() {
        var market = market(
                        aPartner("often").wins("30", "70"), aPartner("seldom").wins("10", "90"))
                .rule(Pool.STANDARD, Strategy.ExpectedValue.GREEDY);
        Receipt receipt = market.decide(aLead("l").worth("1000")).receipt();
        assertThat(receipt.outcome().partners()).containsExactly(A.id("often"));
        assertThat(receipt.selection().best().get(0).terms()).contains(new Term("expected-value", "300"));
        assertThat(receipt.propensity()).hasValueSatisfying(p -> assertThat(p).isEqualByComparingTo("1"));
    }

    @Test
    void explorationIsBoundedAndItsPropensityIsStored() {
        // Posteriors of facts/plv.md section 9; the greedy choice is b (mean 1/3), pi = .3140212 .4348260 .2511528.
        var market = market(
                        aPartner("a").wins("3", "7"),
                        aPartner("b").wins("10", "20"),
                        aPartner("c").wins("1", "3"))
                .rule(Pool.STANDARD, Strategy.ExpectedValue.EXPLORING);
        Map<String, BigDecimal> propensities = market.decide(aLead("l")).receipt().selection().best().stream()
                .collect(Collectors.toMap(line -> line.partner().id(), Receipt.CandidateLine::propensity));
        assertThat(propensities.get("a").doubleValue()).isBetween(.03140212 - 1e-8, .03140212 + 1e-8);
        assertThat(propensities.get("b").doubleValue()).isBetween(.9 + .0434826 - 1e-8, .9 + .0434826 + 1e-8);
        assertThat(propensities.get("c").doubleValue()).isBetween(.02511528 - 1e-8, .02511528 + 1e-8);
        long explored = IntStream.range(0, 2000)
                .filter(i -> !winner(market.decide(aLead("lead" + i))).equals("b"))
                .count();
        // 2,000 draws at .0565: mean 113, standard deviation 10.3
        assertThat(explored).isBetween(113 - 42L, 113 + 42L);
    }

    @Test
    void fairnessFloorKeepsAShareForPartnersThatGotTooLittle() {
        Strategy fair = new Strategy.WithFloor(new Strategy.TopPlv(), Window.WEEK, 2, new BigDecimal("0.3"));
        var market = market(
                        aPartner("a").score("90"),
                        aPartner("b").score("10"),
                        aPartner("c").score("20"))
                .rule(Pool.STANDARD, fair);
        Load two = new Load(0, Map.of(Window.WEEK, 2), null);
        var oneBelow = market.counters(new Counters(Map.of(A.id("a"), two, A.id("c"), two), Map.of()));
        assertThat(oneBelow.decide(aLead("l")).receipt().selection().best())
                .extracting(
                        line -> line.partner().id() + " " + line.propensity().stripTrailingZeros())
                .containsExactlyInAnyOrder("a 0.7", "b 0.3", "c 0");
        var nobodyBelow =
                market.counters(new Counters(Map.of(A.id("a"), two, A.id("b"), two, A.id("c"), two), Map.of()));
        assertThat(winner(nobodyBelow.decide(aLead("l")))).isEqualTo("a");
    }

    @Test
    void fairnessFloorRefusesStrategiesThatAreFairByThemselves() {
        assertThatThrownBy(() -> new Strategy.WithFloor(new Strategy.RoundRobin("r"), Window.DAY, 1, BigDecimal.ONE))
                .hasMessageContaining("round-robin");
    }

    @Test
    void sharkTankOffersToTheBestAndTheFirstClaimWins() {
        Strategy tank = new Strategy.SharkTank(2, true, 1, Window.DAY, Duration.ofHours(4));
        Rule rule = everyLead("tank", Pool.STANDARD, tank).deadline(new Deadline(Duration.ofHours(24), null, false));
        var market = market(
                        aPartner("a").score("1"),
                        aPartner("b").score("2"),
                        aPartner("c").score("3"))
                .rules(rule);
        var offer = (Decision.Offered) market.decide(aLead("l"));
        assertThat(offer.partners()).containsExactly(A.id("b"), A.id("c"));
        assertThat(offer.closesAt()).isEqualTo(A.NOW.plus(Duration.ofHours(24)));
        var before = offer.closesAt().minusMillis(1);

        assertThat(ClaimLead.decide(offer.offer(), A.id("a"), null, 0, Load.NONE, null, A.NOW))
                .isEqualTo(new ClaimLead.Claim.Refused("not-offered"));
        assertThat(ClaimLead.decide(offer.offer(), A.id("b"), A.id("c"), 0, Load.NONE, null, A.NOW))
                .isEqualTo(new ClaimLead.Claim.Refused("already-claimed"));
        assertThat(ClaimLead.decide(offer.offer(), A.id("b"), null, 1, Load.NONE, null, A.NOW))
                .isEqualTo(new ClaimLead.Claim.Refused("claim-limit"));
        assertThat(ClaimLead.decide(offer.offer(), A.id("b"), null, 0, Load.open(3), 3, A.NOW))
                .isEqualTo(new ClaimLead.Claim.Refused("capacity"));
        assertThat(ClaimLead.decide(offer.offer(), A.id("b"), null, 0, Load.NONE, null, offer.closesAt()))
                .isEqualTo(new ClaimLead.Claim.Refused("offer-closed"));
        assertThat(ClaimLead.decide(offer.offer(), A.id("b"), null, 0, Load.NONE, null, before))
                .isEqualTo(new ClaimLead.Claim.Granted(A.id("b"), before.plus(Duration.ofHours(4))));
    }

    @Test
    void highValueLeadsNeedExpertiseAndPlvWhileSimpleOnesTakeTurns() {
        var scoring = new LeadScoring(
                List.of(
                        new LeadScoring.Points(when("size", lead -> lead.value() != null), 50),
                        new LeadScoring.Points(
                                when("industry", lead -> lead.lead().industry() != null), 10)),
                List.of(
                        new LeadScoring.LeadClass("simple", 0, Money.of("500", "EUR")),
                        new LeadScoring.LeadClass("high", 50, Money.of("50000", "EUR"))));
        Rule high = Rule.of(
                "high",
                when("class == \"high\"", lead -> "high".equals(lead.leadClass())),
                Pool.STANDARD.industry(Need.REQUIRED).minimumScore(new BigDecimal(60)),
                new Strategy.TopPlv());
        Rule simple = everyLead("simple", Pool.STANDARD, new Strategy.RoundRobin("simple"));
        var market = market(
                aPartner("expert").knows("Health").score("70"),
                aPartner("weak").knows("Health").score("59.99"),
                aPartner("giant").score("99"));
        var policy = new AssignmentPolicy(
                "v1",
                java.time.ZoneId.of("UTC"),
                WorkingHours.OFFICE,
                scoring,
                List.of(high.fallback(Fallback.STOP), simple));
        var compiled = CompiledPolicy.of(policy, market.candidates().index(), Holidays.NONE);
        Decision large = AssignLead.decide(
                compiled, aLead("l").worth("9").industry("health").facts(), market.candidates(), Counters.NONE, A.NOW);
        assertThat(winner(large)).isEqualTo("expert");
        assertThat(large.receipt().lead().leadClass()).isEqualTo("high");
        assertThat(large.receipt().lead().points()).isEqualTo(60);
        Decision unknown =
                AssignLead.decide(compiled, aLead("l").worth("9").facts(), market.candidates(), Counters.NONE, A.NOW);
        assertThat(winner(unknown)).isEqualTo("industry-unknown");
        Decision small = AssignLead.decide(compiled, aLead("l").facts(), market.candidates(), Counters.NONE, A.NOW);
        assertThat(small.receipt().outcome().rule()).isEqualTo("simple");
        assertThat(small.receipt().lead().value()).isEqualTo("500 EUR");
    }

    @Test
    void certificateCountsUntilTheInstantItEnds() {
        var pool = Pool.STANDARD.certificates(java.util.Set.of("Expert"));
        var strategy = new Strategy.TopPlv();
        assertThat(winner(market(aPartner("a").certified("expert", A.NOW.plusMillis(1)))
                        .rule(pool, strategy)
                        .decide(aLead("l"))))
                .isEqualTo("a");
        assertThat(winner(market(aPartner("a").certified("expert", A.NOW))
                        .rule(pool, strategy)
                        .decide(aLead("l"))))
                .isEqualTo("certificate-uncovered");
    }

    @Test
    void partnerBackFromLeaveGetsItsTurnAndNoFlood() {
        var leads = IntStream.range(0, 6).mapToObj(i -> aLead("lead" + i)).toList();
        var turns = new Rotation(9, Map.of(A.id("a"), 8L, A.id("b"), 9L, A.id("c"), 1L));
        var market = market(aPartner("a"), aPartner("b"), aPartner("c"))
                .rule(Pool.STANDARD, new Strategy.RoundRobin("r"))
                .counters(new Counters(Map.of(), Map.of("r", turns)));
        assertThat(market.decideInTurn(leads)).containsExactly("c", "a", "b", "c", "a", "b");
    }

    @Test
    void coolDownAndPeriodCapacityEndOnTime() {
        var cooling = Pool.STANDARD.capacity(new Capacity(null, Map.of(Window.DAY, 2), Duration.ofMinutes(10)));
        var market = market(aPartner("a")).rule(cooling, new Strategy.TopPlv());
        assertThat(winner(
                        withLoad(market, 1, A.NOW.minus(Duration.ofMinutes(10))).decide(aLead("l"))))
                .isEqualTo("a");
        Decision tooSoon = withLoad(
                        market, 1, A.NOW.minus(Duration.ofMinutes(10)).plusMillis(1))
                .decide(aLead("l"));
        assertThat(winner(tooSoon)).isEqualTo("capacity-exhausted");
        assertThat(tooSoon.receipt().rules().get(0).excluded().get(0).reason()).isEqualTo(Exclusion.COOL_DOWN);
        assertThat(winner(withLoad(market, 2, null).decide(aLead("l")))).isEqualTo("capacity-exhausted");
    }

    private static A.Market withLoad(A.Market market, int today, java.time.Instant last) {
        return market.counters(new Counters(Map.of(A.id("a"), new Load(0, Map.of(Window.DAY, today), last)), Map.of()));
    }
}
