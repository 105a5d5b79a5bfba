package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.everyLead;
import static dev.rainmaker.assignment.A.market;
import static dev.rainmaker.assignment.A.when;
import static dev.rainmaker.assignment.A.winner;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignLeadTest {

    private static final Strategy TOP = new Strategy.TopPlv();

    @Test
    void leadGoesToTheOnlyPartnerOfItsTerritory() {
        var market = market(aPartner("de").in("DE"), aPartner("fr").in("FR")).rule(Pool.STANDARD, TOP);
        assertThat(winner(market.decide(aLead("l").in("FR")))).isEqualTo("fr");
        assertThat(winner(market.decide(aLead("l").in("de")))).isEqualTo("de");
    }

    @Test
    void leadWithoutCountryIsUnassignedBecauseItsTerritoryIsUnknown() {
        var market = market(aPartner("de")).rule(Pool.STANDARD, TOP);
        assertThat(winner(market.decide(aLead("l").in(null)))).isEqualTo("territory-unknown");
    }

    @Test
    void theFilterThatRemovedTheLastCandidateGivesTheReason() {
        var market = market(aPartner("de").in("DE").sells("Firewall")).rule(Pool.STANDARD, TOP);
        assertThat(winner(market.decide(aLead("l").in("US").wants("Firewall")))).isEqualTo("territory-uncovered");
        assertThat(winner(market.decide(aLead("l").in("DE").wants("Router")))).isEqualTo("product-uncovered");
        assertThat(winner(market.rules(new Rule[0]).decide(aLead("l")))).isEqualTo("no-rule");
        assertThat(winner(market(aPartner("x").inactive())
                        .rule(Pool.STANDARD, TOP)
                        .decide(aLead("l"))))
                .isEqualTo("no-active-partner");
        assertThat(winner(market.decide(aLead("l").closed()))).isEqualTo("lead-closed");
        assertThat(winner(market.decide(aLead("l").converted()))).isEqualTo("lead-converted");
    }

    @Test
    void partnerThatNamesStatesCoversOnlyThose() {
        var market = market(
                        aPartner("tx").in("US").inStates("TX"),
                        aPartner("all").in("US").score("1"))
                .rule(Pool.STANDARD, TOP);
        assertThat(winner(market.decide(aLead("l").in("US").inState("CA")))).isEqualTo("all");
        var texan = market(aPartner("tx").in("US").inStates("TX")).rule(Pool.STANDARD, TOP);
        assertThat(winner(texan.decide(aLead("l").in("US").inState("tx")))).isEqualTo("tx");
    }

    @Test
    void leadWhoseStateIsUnknownIsEverybodysInItsCountry() {
        var texan = market(aPartner("tx").in("US").inStates("TX")).rule(Pool.STANDARD, TOP);

        assertThat(winner(texan.decide(aLead("l").in("US")))).isEqualTo("tx");
        assertThat(texan.decide(aLead("m").in("US").inState("CA"))).isInstanceOf(Decision.Unassigned.class);
    }

    @Test
    void eachExcludedPartnerIsListedUnderItsFirstReason() {
        var market = market(
                        aPartner("a").inactive().in("FR"),
                        aPartner("b").ownedByAnInactiveUser(),
                        aPartner("c").in("FR"),
                        aPartner("d").maxOpen(2),
                        aPartner("e").away(A.NOW.minusSeconds(1), A.NOW.plusSeconds(1)),
                        aPartner("f"))
                .rule(Pool.STANDARD, TOP)
                .open("d", 2);
        Receipt receipt = market.decide(aLead("l")).receipt();
        assertThat(receipt.rules().get(0).excluded())
                .extracting(set -> set.reason().code() + set.partners())
                .containsExactly(
                        "inactive[crm/a]",
                        "owner-inactive[crm/b]",
                        "territory[crm/c]",
                        "absent[crm/e]",
                        "capacity[crm/d]");
        assertThat(receipt.outcome().partners()).containsExactly(A.id("f"));
    }

    @Test
    void capacityLeavesRoomForExactlyTheLastLead() {
        var market = market(aPartner("a").maxOpen(3)).rule(Pool.STANDARD, TOP);
        assertThat(winner(market.open("a", 2).decide(aLead("l")))).isEqualTo("a");
        assertThat(winner(market.open("a", 3).decide(aLead("l")))).isEqualTo("capacity-exhausted");
    }

    @Test
    void preferenceNarrowsWhereSomebodyMeetsItAndIsDroppedWhereNobodyDoes() {
        var market = market(
                        aPartner("a").speaks("de").score("10"), aPartner("b").score("90"))
                .rule(Pool.STANDARD, TOP);
        assertThat(winner(market.decide(aLead("l").speaking("de")))).isEqualTo("a");
        Decision dropped = market.decide(aLead("l").speaking("fi"));
        assertThat(winner(dropped)).isEqualTo("b");
        assertThat(dropped.receipt().rules().get(0).droppedWishes()).containsExactly("language");
    }

    @Test
    void rulesAreTriedInOrderAndFallThroughWhenNobodyIsFound() {
        var market = market(aPartner("a").score("50"), aPartner("b").score("60"))
                .rules(
                        everyLead("asked", Pool.EVERYBODY, new Strategy.RequestedPartner()),
                        Rule.of("never", when("value > 5", lead -> false), Pool.EVERYBODY, TOP),
                        everyLead("named", Pool.EVERYBODY, Strategy.NamedAccount.ANY_CLAIM),
                        everyLead("rest", Pool.STANDARD, TOP),
                        everyLead("unreached", Pool.STANDARD, TOP));
        Receipt receipt = market.decide(aLead("l")).receipt();
        assertThat(receipt.rules())
                .extracting(Receipt.RuleOutcome::result)
                .containsExactly("no-request", "not-matched", "no-claim", "decided", "not-reached");
        assertThat(winner(market.decide(aLead("l").asksFor("partner A")))).isEqualTo("a");
        assertThat(winner(market.decide(aLead("l").claimedBy("a", NamedClaim.Kind.CONTRACT))))
                .isEqualTo("a");
    }

    @Test
    void strongestClaimThatHoldsNowWins() {
        var market = market(aPartner("a"), aPartner("b"), aPartner("c"))
                .rule(Pool.EVERYBODY, Strategy.NamedAccount.ANY_CLAIM);
        NamedClaim ended =
                new NamedClaim(A.id("c"), NamedClaim.Kind.DEAL_LOCK, java.util.Set.of(), null, A.NOW, A.id("lock"), 1);
        var lead = aLead("l")
                .claimedBy("a", NamedClaim.Kind.NAMED_ACCOUNT)
                .claimedBy("b", NamedClaim.Kind.CONTRACT, "Firewall")
                .claimed(ended);
        assertThat(winner(market.decide(lead.wants("firewall")))).isEqualTo("b");
        assertThat(winner(market.decide(lead.wants("Router")))).isEqualTo("a");
    }

    @Test
    void fallbackPartnerGetsTheLeadUnlessItIsGone() {
        Rule rule = everyLead("only", Pool.STANDARD, TOP).fallback(new Fallback.ToPartner(A.id("house")));
        var house = aPartner("house").in("US");
        assertThat(winner(market(house).rules(rule).decide(aLead("l")))).isEqualTo("house");
        assertThat(winner(market(aPartner("house").in("US").inactive())
                        .rules(rule)
                        .decide(aLead("l"))))
                .isEqualTo("no-active-partner");
    }

    @Test
    void plvWeightedFrequenciesFollowTheScores() {
        var market = market(aPartner("a").score("60"), aPartner("b").score("30"), aPartner("c"))
                .rule(Pool.STANDARD, Strategy.PlvWeighted.PROPORTIONAL);
        Map<String, Long> won = IntStream.range(0, 4000)
                .mapToObj(i -> winner(market.decide(aLead("lead" + i))))
                .collect(java.util.stream.Collectors.groupingBy(w -> w, java.util.stream.Collectors.counting()));
        // 60 : 30 : 5 of 95; four standard deviations of a binomial share of 4,000 draws are at most .032
        assertThat(won.get("a") / 4000.0).isBetween(.6316 - .032, .6316 + .032);
        assertThat(won.get("b") / 4000.0).isBetween(.3158 - .032, .3158 + .032);
        BigDecimal sum = market.decide(aLead("l")).receipt().selection().best().stream()
                .map(Receipt.CandidateLine::propensity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(BigDecimal.ONE);
    }

    @Test
    void roundRobinTakesTurnsAndWeightedOnesKeepTheirShares() {
        List<A.LeadBuilder> leads = new ArrayList<>();
        IntStream.range(0, 8).forEach(i -> leads.add(aLead("lead" + i)));
        var market = market(aPartner("a"), aPartner("b"), aPartner("c"));
        assertThat(market.rule(Pool.STANDARD, new Strategy.RoundRobin("r")).decideInTurn(leads))
                .containsExactly("a", "b", "c", "a", "b", "c", "a", "b");
        var weighted = new Strategy.WeightedRoundRobin("w", Map.of(A.id("a"), 2));
        assertThat(market.rule(Pool.STANDARD, weighted).decideInTurn(leads))
                .containsExactly("a", "b", "a", "c", "a", "b", "a", "c");
    }

    @Test
    void deadlineRunsInThePartnersBusinessHours() {
        Rule rule = everyLead("only", Pool.STANDARD, TOP)
                .deadline(new Deadline(Duration.ofHours(8), Duration.ofHours(2), true));
        // A Wednesday, 10:00 in UTC, is 11:00 in Berlin: 6 hours remain until 17:00, 2 more on Thursday.
        var decision = (Decision.Assigned)
                market(aPartner("a").zone("Europe/Berlin")).rules(rule).decide(aLead("l"));
        assertThat(decision.acceptBy()).isEqualTo(Instant.parse("2026-03-05T10:00:00Z"));
        assertThat(decision.remindAt()).isEqualTo(Instant.parse("2026-03-04T12:00:00Z"));
    }

    @Test
    void receiptIsValidJsonWithSameBytesForSameInputs() throws Exception {
        var market = market(aPartner("\u00e4\"x").score("60"), aPartner("b").score("30"))
                .rule(Pool.STANDARD, Strategy.PlvWeighted.PROPORTIONAL);
        String json = market.decide(aLead("l")).receipt().json();
        assertThat(market.decide(aLead("l")).receipt().json()).isEqualTo(json);
        JsonNode read = new ObjectMapper().readTree(json);
        assertThat(read.at("/selection/best").findValuesAsText("partner")).contains("crm/\u00e4\"x", "crm/b");
        assertThat(read.at("/outcome/kind").asText()).isEqualTo("assigned");
        assertThat(read.at("/sequence").asLong()).isEqualTo(100);
        assertThat(market.version("v2").decide(aLead("l")).receipt().seed())
                .isNotEqualTo(market.decide(aLead("l")).receipt().seed());
    }

    @Test
    void shortTextFitsItsFieldAndNamesNoOtherPartner() {
        var market = market(
                        aPartner("winner").score("60").in("DE").sells("F".repeat(300)),
                        aPartner("other").score("30").in("DE").sells("F".repeat(300)))
                .rule(Pool.STANDARD, TOP);
        String brief =
                market.decide(aLead("l").wants("F".repeat(300))).receipt().shortText();
        assertThat(brief)
                .hasSizeLessThanOrEqualTo(255)
                .contains("Partner winner")
                .doesNotContain("other");
        String full = market.decide(aLead("l").wants("F".repeat(300))).receipt().text();
        assertThat(full).contains("Partner other", "score 30", "decided");
    }

    @Test
    void manyExcludedPartnersAreCountedAndTheBestTwentyShown() {
        List<A.PartnerBuilder> partners = new ArrayList<>();
        IntStream.range(0, 100)
                .forEach(i ->
                        partners.add(aPartner("p" + i).in(i < 60 ? "DE" : "FR").score("" + i)));
        Receipt receipt =
                market(partners).rule(Pool.STANDARD, TOP).decide(aLead("l")).receipt();
        assertThat(receipt.rules().get(0).excluded())
                .containsExactly(new Receipt.ExcludedSet(Exclusion.TERRITORY, 40, List.of()));
        assertThat(receipt.selection().best()).hasSize(20).first().matches(Receipt.CandidateLine::chosen);
        assertThat(receipt.selection().best().get(19).partner()).isEqualTo(A.id("p40"));
        assertThat(receipt.selection().eligible()).isEqualTo(60);
    }
}
