package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.market;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterfactualTest {

    private static Counterfactual of(A.Market market, A.LeadBuilder lead) {
        LeadFacts facts = lead.facts();
        return new Counterfactual(
                market.compiled(),
                facts,
                market.candidates(),
                market.counters(),
                Seed.of(market.version(), facts.lead().id(), 0),
                A.NOW);
    }

    @Test
    void smallestChangeIsTheNearestScoreThatFlipsTheWinner() {
        var market = market(
                        aPartner("a").score("70"),
                        aPartner("b").score("69.5"),
                        aPartner("c").score("20"))
                .rule(Pool.STANDARD, new Strategy.TopPlv());
        // b holds fewer open leads, so equal scores go to b: 70.00 is enough, or a at 69.50.
        var flip = of(market.open("a", 1), aLead("l")).smallest().orElseThrow();
        assertThat(flip.size()).isEqualByComparingTo("0.50");
        assertThat(flip.winner()).isEqualTo(A.id("b"));
    }

    @Test
    void flipUnderChanceIsVerifiedByDecidingAgain() {
        var market = market(
                        aPartner("a").score("40"),
                        aPartner("b").score("60"),
                        aPartner("c").score("30"))
                .rule(Pool.STANDARD, Strategy.PlvWeighted.PROPORTIONAL);
        var lead = aLead("l");
        var flip = of(market, lead).smallest().orElseThrow();
        assertThat(winnerAt(market, lead, flip.partner(), flip.to()))
                .isEqualTo(flip.winner().id());
        var step = new java.math.BigDecimal("0.01");
        boolean up = flip.to().compareTo(flip.from()) > 0;
        var nearer = up ? flip.to().subtract(step) : flip.to().add(step);
        assertThat(winnerAt(market, lead, flip.partner(), nearer)).isEqualTo(A.winner(market.decide(lead)));
    }

    private static String winnerAt(
            A.Market market, A.LeadBuilder lead, dev.rainmaker.fact.RecordId partner, java.math.BigDecimal score) {
        Candidates changed = market.candidates().with(100, partner, Standing.scored(score, 9));
        return A.winner(AssignLead.decide(market.compiled(), lead.facts(), changed, market.counters(), A.NOW));
    }

    @Test
    void excludedPartnerIsToldEverythingItLacks() {
        var market = market(
                        aPartner("a").score("70").sells("Firewall"),
                        aPartner("b").in("FR").inactive().maxOpen(1))
                .rule(Pool.STANDARD, new Strategy.TopPlv())
                .open("b", 1);
        var why = of(market, aLead("l").wants("Firewall")).whyNot(A.id("b"));
        assertThat(why.lacking())
                .containsExactly(Exclusion.INACTIVE, Exclusion.TERRITORY, Exclusion.PRODUCT, Exclusion.CAPACITY);
        assertThat(why.flip()).isEmpty();
    }

    @Test
    void eligiblePartnerIsToldTheScoreThatWouldHaveDone() {
        var market = market(aPartner("a").score("70"), aPartner("b").score("10"))
                .rule(Pool.STANDARD.minimumScore(new java.math.BigDecimal(20)), new Strategy.TopPlv());
        var why = of(market, aLead("l")).whyNot(A.id("b"));
        assertThat(why.lacking()).containsExactly(Exclusion.SCORE);
        assertThat(why.flip().orElseThrow().to().doubleValue()).isBetween(70.0, 70.01);
    }

    @Test
    void claimsAreNotFlippedByScores() {
        var market = market(aPartner("a"), aPartner("b")).rule(Pool.STANDARD, Strategy.NamedAccount.ANY_CLAIM);
        assertThat(of(market, aLead("l").claimedBy("a", NamedClaim.Kind.CONTRACT))
                        .smallest())
                .isEmpty();
    }
}
