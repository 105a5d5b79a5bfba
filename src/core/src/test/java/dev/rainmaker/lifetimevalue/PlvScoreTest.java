package dev.rainmaker.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.engagement.Engagement;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlvScoreTest {

    private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
    private static final int TODAY = (int) AS_OF.toEpochDay();
    private static final PlvPolicy POLICY = PlvPolicy.standard();

    /** Partners with Poisson deals, leads, engagement and answers; the i-th is better than the ones before. */
    private static List<PartnerHistory> partners(int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<PartnerHistory> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PartnerHistory history = PartnerHistory.empty("p" + i);
            List<Deal> deals = new ArrayList<>();
            int end = random.nextInt(100, 800);
            for (int day = TODAY - 700; day <= Math.min(TODAY, TODAY - 700 + end); day++) {
                if (random.nextDouble() < 0.002 + 0.02 * i / count) {
                    double amount = -Math.log(random.nextDouble()) * 1000 * (1 + (double) i / count);
                    deals.add(Deal.of(day, amount, amount * (0.1 + 0.2 * random.nextDouble())));
                }
            }
            history = history.withDeals(DealHistory.refold(deals));
            for (int lead = 0; lead < 20; lead++) {
                boolean won = random.nextDouble() < 0.1 + 0.6 * i / count;
                history = history.withLead("", won ? LeadOutcome.WON : LeadOutcome.LOST, 1);
            }
            if (i % 2 == 0) {
                history = history.withEngagement(
                        Engagement.Kind.TRAINING, TODAY - i % 90, 1, POLICY.engagementHalfLifeDays());
            }
            result.add(history.withSatisfaction(3 + random.nextInt(3)));
        }
        return result;
    }

    @Test
    void pointsSumToTheScoreExactly() {
        List<PartnerHistory> partners = partners(120);
        Plv.Fitted fitted = Plv.fit(partners, POLICY, AS_OF, "v1");
        for (PartnerHistory partner : partners) {
            PlvResult result = Plv.score(partner, fitted.model(), fitted.reference(), POLICY, AS_OF);
            BigDecimal sum = result.terms().stream().map(ScoreTerm::points).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualTo(result.score());
            assertThat(result.score()).isBetween(BigDecimal.ZERO, new BigDecimal("100.00"));
            assertThat(result.value().lower80())
                    .isLessThanOrEqualTo(result.value().expected());
            assertThat(result.value().upper80())
                    .isGreaterThanOrEqualTo(result.value().expected());
            assertThat(result.probabilityAlive()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void metricThatNobodyHasIsDroppedAndTheOtherWeightsAreRaised() {
        List<PartnerHistory> partners = partners(60);
        Plv.Fitted fitted = Plv.fit(partners, POLICY, AS_OF, "v1");
        PlvResult result = Plv.score(partners.get(59), fitted.model(), fitted.reference(), POLICY, AS_OF);

        assertThat(result.term(PlvTerm.CERTIFICATION).weight()).isZero();
        assertThat(result.term(PlvTerm.CERTIFICATION).note()).contains("dropped");
        // certification .05 and initiative .05 are absent: the value's .30 becomes .30/.90
        assertThat(result.term(PlvTerm.VALUE).weight()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(result.terms().stream().mapToDouble(ScoreTerm::weight).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void unknownIsTakenAsAverageWithLowerConfidenceNotAsZero() {
        List<PartnerHistory> partners = partners(60);
        Plv.Fitted fitted = Plv.fit(partners, POLICY, AS_OF, "v1");
        PartnerHistory known = partners.get(30);
        PartnerHistory unknown = known.withSatisfaction(Moments.NONE);

        PlvResult with = Plv.score(known, fitted.model(), fitted.reference(), POLICY, AS_OF);
        PlvResult without = Plv.score(unknown, fitted.model(), fitted.reference(), POLICY, AS_OF);

        ScoreTerm term = without.term(PlvTerm.SATISFACTION);
        assertThat(term.points()).isPositive();
        assertThat(term.metric()).isCloseTo(fitted.model().satisfaction().mean(), within(1e-12));
        assertThat(term.note()).contains("unknown");
        assertThat(without.confidence()).isLessThan(with.confidence());
    }

    @Test
    void scoreOfOtherVersionsIsNotCompared() {
        List<PartnerHistory> partners = partners(60);
        Plv.Fitted first = Plv.fit(partners, POLICY, AS_OF, "v1");
        Plv.Fitted second = Plv.fit(partners, POLICY, AS_OF, "v2");
        PlvResult a = Plv.score(partners.get(0), first.model(), first.reference(), POLICY, AS_OF);
        PlvResult b = Plv.score(partners.get(1), second.model(), second.reference(), POLICY, AS_OF);

        assertThatThrownBy(() -> a.requireComparable(b)).hasMessageContaining("different versions");
        assertThatThrownBy(() -> Plv.score(partners.get(0), first.model(), second.reference(), POLICY, AS_OF))
                .hasMessageContaining("freeze it again");
    }

    @Test
    void orderOfPartnersChangesNothing() {
        List<PartnerHistory> partners = partners(80);
        List<PartnerHistory> reversed = new ArrayList<>(partners);
        java.util.Collections.reverse(reversed);
        Plv.Fitted one = Plv.fit(partners, POLICY, AS_OF, "v1");
        Plv.Fitted other = Plv.fit(reversed, POLICY, AS_OF, "v1");
        for (PartnerHistory partner : partners) {
            PlvResult a = Plv.score(partner, one.model(), one.reference(), POLICY, AS_OF);
            PlvResult b = Plv.score(partner, other.model(), other.reference(), POLICY, AS_OF);
            assertThat(b.score()).isEqualTo(a.score());
            assertThat(b.value().expected()).isEqualTo(a.value().expected());
        }
    }

    @Test
    void onePartnerNoPartnerAndPartnersAllAlikeGiveAnAnswer() {
        PartnerHistory alone = PartnerHistory.empty("only").withDeal(Deal.of(TODAY, 100, null), true);
        Plv.Fitted one = Plv.fit(List.of(alone), POLICY, AS_OF, "v1");
        PlvResult result = Plv.score(alone, one.model(), one.reference(), POLICY, AS_OF);
        assertThat(result.method()).isEqualTo("last-period");
        assertThat(one.model().reason()).contains("1 partners have sold");
        assertThat(result.score()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));

        assertThat(Plv.fit(List.of(), POLICY, AS_OF, "v0").reference().partners())
                .isZero();

        List<PartnerHistory> alike = IntStream.range(0, 50)
                .mapToObj(i -> PartnerHistory.empty("a" + i)
                        .withDeal(Deal.of(TODAY - 100, 100, null), true)
                        .withDeal(Deal.of(TODAY - 50, 100, null), true))
                .toList();
        Plv.Fitted same = Plv.fit(alike, POLICY, AS_OF, "v1");
        assertThat(alike.stream()
                        .map(p -> Plv.score(p, same.model(), same.reference(), POLICY, AS_OF)
                                .score())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void newPartnerHasTheForecastOfItsCohortWithNoConfidence() {
        List<PartnerHistory> partners = partners(60);
        Plv.Fitted fitted = Plv.fit(partners, POLICY, AS_OF, "v1");
        PlvResult fresh = Plv.score(PartnerHistory.empty("new"), fitted.model(), fitted.reference(), POLICY, AS_OF);

        assertThat(fresh.value().expected()).isPositive();
        assertThat(fresh.term(PlvTerm.VALUE).confidence()).isZero();
        assertThat(fresh.term(PlvTerm.VALUE).note()).contains("cohort");
    }

    @Test
    void certificateCountsUntilTheDayItEnds() {
        java.util.Map<PlvTerm, TermPolicy> terms = POLICY.terms();
        PlvPolicy demanding = new PlvPolicy(
                "demanding",
                terms,
                180,
                90,
                90,
                0.15,
                1,
                5,
                false,
                1,
                0.05,
                30,
                List.of(new RequiredCertificates(null, null, java.util.Set.of("Firewall"))),
                POLICY.tiers());
        List<PartnerHistory> partners = new ArrayList<>(partners(40));
        PartnerHistory certified =
                partners.get(20).withCertificate(new Certificate("Firewall", TODAY - 300, TODAY + 1));
        partners.set(20, certified);
        Plv.Fitted fitted = Plv.fit(partners, demanding, AS_OF, "v1");

        PlvResult today = Plv.score(certified, fitted.model(), fitted.reference(), demanding, AS_OF);
        PlvResult tomorrow = Plv.score(certified, fitted.model(), fitted.reference(), demanding, AS_OF.plusDays(1));

        assertThat(today.term(PlvTerm.CERTIFICATION).metric()).isEqualTo(1);
        assertThat(tomorrow.term(PlvTerm.CERTIFICATION).metric()).isZero();
    }

    @Test
    void policyWhoseWeightsDoNotSumToOneIsRefused() {
        java.util.Map<PlvTerm, TermPolicy> terms = new java.util.EnumMap<>(POLICY.terms());
        terms.remove(PlvTerm.MARGIN);
        assertThatThrownBy(() -> POLICY.withTerms(terms)).hasMessageContaining("sum to 1, not 0.90");
    }
}
