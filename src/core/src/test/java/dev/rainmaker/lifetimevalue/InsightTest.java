package dev.rainmaker.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.engagement.Engagement;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person reads: how sure a rank is, what changed and why, what to do, where it is heading. */
class InsightTest {

    private static final SimulatedPartners PARTNERS = SimulatedPartners.of(120, 700, 9, 1);

    @Test
    void rankIntervalsReplayFromTheirSeedAndHoldTheRank() {
        List<PlvResult> results = PARTNERS.scores();
        List<RankInterval> ranks = RankInterval.of(results, PARTNERS.fitted().reference(), PARTNERS.policy(), 42);

        assertThat(RankInterval.of(results, PARTNERS.fitted().reference(), PARTNERS.policy(), 42))
                .isEqualTo(ranks);
        assertThat(ranks).allMatch(each -> each.best() <= each.rank() && each.rank() <= each.worst());
        RankInterval top = ranks.stream()
                .min(java.util.Comparator.comparingInt(RankInterval::rank))
                .orElseThrow();
        RankInterval last = ranks.stream()
                .max(java.util.Comparator.comparingInt(RankInterval::rank))
                .orElseThrow();
        assertThat(top.separatedFrom(last)).isTrue();
        assertThat(top.separatedFrom(top)).isFalse();
    }

    @Test
    void stepsAndTermsOfAChangeSumToTheWholeExactly() {
        PartnerHistory then = PARTNERS.histories().get(3);
        LocalDate start = PARTNERS.asOf();
        int day = PARTNERS.today() + 20;
        PlvChange change = PlvChange.since(
                then,
                start,
                List.of(
                        new PlvChange.Event("won a deal of 5000", h -> h.withDeal(Deal.of(day, 5_000, null), true)),
                        new PlvChange.Event("refund of 300", h -> h.withDeal(Deal.of(day, -300, null), false))),
                start.plusDays(30),
                PARTNERS.fitted(),
                PARTNERS.policy());

        assertThat(change.steps())
                .extracting(PlvChange.Step::what)
                .containsExactly("time passed", "won a deal of 5000", "refund of 300");
        assertThat(change.steps().stream().map(PlvChange.Step::points).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(change.points());
        assertThat(change.terms().stream().map(PlvChange.TermChange::points).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(change.points());
        assertThat(change.steps().get(1).points()).isPositive();
        assertThat(change.steps().get(2).value()).isNegative();
    }

    @Test
    void adviceNamesTheCertificateThatEndsAndItsLastDay() {
        PlvPolicy standard = PARTNERS.policy();
        PlvPolicy policy = new PlvPolicy(
                "certificates",
                standard.terms(),
                120,
                90,
                90,
                .15,
                1,
                5,
                false,
                1,
                .05,
                30,
                List.of(new RequiredCertificates(null, null, Set.of("Firewall", "Cloud"))),
                standard.tiers());
        int today = PARTNERS.today();
        List<PartnerHistory> partners = new ArrayList<>(PARTNERS.histories());
        partners.set(0, partners.get(0).withCertificate(new Certificate("Firewall", today - 300, today + 60)));
        Plv.Fitted fitted = Plv.fit(partners, policy, PARTNERS.asOf(), "v2");

        List<Advice> all = Advice.cheapest(partners.get(0), fitted, policy, PARTNERS.asOf(), 20);
        List<Advice> three = Advice.cheapest(partners.get(0), fitted, policy, PARTNERS.asOf(), 3);

        Advice renew = all.stream()
                .filter(each -> each.what().equals("renew certificate Firewall"))
                .findFirst()
                .orElseThrow();
        assertThat(renew.before()).isEqualTo(PARTNERS.asOf().plusDays(59));
        assertThat(renew.points()).isPositive();
        assertThat(all).anyMatch(each -> each.what().equals("get certificate Cloud"));
        assertThat(three).hasSizeLessThanOrEqualTo(3).isEqualTo(all.subList(0, three.size()));
        assertThat(all).allMatch(each -> each.points().signum() > 0);
    }

    @Test
    void silenceAfterRegularDealsIsAtRiskAndSaysWhy() {
        PartnerHistory busy = PARTNERS.histories().stream()
                .max(java.util.Comparator.comparingInt(h -> h.deals().daysOfLast(200, PARTNERS.today())))
                .orElseThrow();
        PlvResult before = PARTNERS.score(busy);
        PlvResult after = Plv.score(
                busy,
                PARTNERS.fitted().model(),
                PARTNERS.fitted().reference(),
                PARTNERS.policy(),
                PARTNERS.asOf().plusDays(300));

        Trend trend = Trend.of(before, after, PARTNERS.policy());
        assertThat(trend.direction()).isEqualTo(Trend.Direction.AT_RISK);
        assertThat(trend.evidence().get(0)).contains("the chance that it sells again fell from");
        assertThat(Trend.of(before, before, PARTNERS.policy()).direction()).isEqualTo(Trend.Direction.STABLE);
    }

    @Test
    void bigDealIsAnImprovement() {
        PartnerHistory partner = PARTNERS.histories().get(7);
        PlvResult before = PARTNERS.score(partner);
        PlvResult after = PARTNERS.score(partner.withDeal(Deal.of(PARTNERS.today(), 50_000, null), true));
        assertThat(Trend.of(before, after, PARTNERS.policy()).direction()).isEqualTo(Trend.Direction.IMPROVING);
    }

    @Test
    void tierChangesOnlyBeyondTheHysteresis() {
        TierRule rule = PlvPolicy.standard().tiers();
        assertThat(TierSuggestion.of(new BigDecimal("62.99"), "Silver", rule).tier())
                .isEqualTo("Silver");
        assertThat(TierSuggestion.of(new BigDecimal("63.00"), "Silver", rule).tier())
                .isEqualTo("Gold");
        assertThat(TierSuggestion.of(new BigDecimal("57.00"), "Gold", rule).changed())
                .isFalse();
        assertThat(TierSuggestion.of(new BigDecimal("56.99"), "Gold", rule).tier())
                .isEqualTo("Silver");
        assertThat(TierSuggestion.of(new BigDecimal("60.00"), null, rule).tier())
                .isEqualTo("Gold");
        assertThat(TierSuggestion.of(new BigDecimal("10.00"), "Platinum", rule).tier())
                .isEqualTo("Registered");
    }

    @Test
    void traitOfTheTopTenthStandsOutAndNoiseDoesNot() {
        List<PartnerHistory> partners = new ArrayList<>();
        Map<String, PlvResult> results = new HashMap<>();
        List<PlvResult> scores = PARTNERS.scores();
        List<PlvResult> sorted = scores.stream()
                .sorted(java.util.Comparator.comparingDouble(r -> -r.value().expected()))
                .toList();
        Set<String> top = new java.util.HashSet<>();
        sorted.subList(0, scores.size() / 10).forEach(r -> top.add(r.partner()));
        Random random = new Random(1);
        for (int i = 0; i < scores.size(); i++) {
            PartnerHistory history = PARTNERS.histories().get(i);
            String type = top.contains(history.partner()) ? "Distributor" : "Reseller";
            String territory = random.nextBoolean() ? "DE" : "FR";
            partners.add(history.withTraits(new PartnerTraits(type, null, territory, Set.of())));
            results.put(history.partner(), scores.get(i));
        }
        List<IdealProfile> profile = IdealProfile.of(partners, results, PARTNERS.today());
        assertThat(profile)
                .anyMatch(each -> each.trait().equals("type = Distributor") && each.separates() && each.logOdds() > 0);
        assertThat(profile).noneMatch(each -> each.trait().startsWith("territory") && each.separates());
    }

    @Test
    void programmeForecastIsTheSumWithAnIntervalAroundIt() {
        List<PlvResult> results = PARTNERS.scores();
        ProgrammeForecast forecast =
                ProgrammeForecast.of(results, PARTNERS.fitted().model());
        assertThat(forecast.expected())
                .isCloseTo(
                        results.stream().mapToDouble(r -> r.value().expected()).sum(), within(1e-6));
        assertThat(forecast.origins()).isPositive();
        assertThat(forecast.lower80()).isLessThan(forecast.expected());
        assertThat(forecast.upper80()).isGreaterThan(forecast.expected());
        assertThat(forecast.shareOf(2 * forecast.expected())).isCloseTo(.5, within(1e-12));
        ProgrammeForecast margin = new ProgrammeForecast(30, 20, 45, true, 6);
        assertThat(margin.asRevenue(.25)).isEqualTo(new ProgrammeForecast(120, 80, 180, false, 6));
        assertThat(margin.asRevenue(.25).asRevenue(.25))
                .as("is revenue already")
                .isEqualTo(margin.asRevenue(.25));
        assertThatThrownBy(() -> margin.asRevenue(0)).hasMessageContaining("margin rate must be positive");
    }

    @Test
    void fundsGoToTheBestReturnUpToTheCap() {
        List<Allocation> allocations = Allocation.of(
                List.of(
                        new Allocation.Spending("good", 100, 900),
                        new Allocation.Spending("poor", 100, 100),
                        new Allocation.Spending("new", 0, 0)),
                1_000,
                0.6);
        assertThat(allocations.get(0).partner()).isEqualTo("good");
        assertThat(allocations.get(0).suggested()).isEqualTo(600);
        assertThat(allocations.stream().mapToDouble(Allocation::suggested).sum())
                .isEqualTo(1_000);
        // The newcomer is taken at the programme's return of 1000 per 200, the poor one is below it.
        assertThat(allocations.get(1).partner()).isEqualTo("new");
        assertThat(allocations.get(1).returned()).isCloseTo(5, within(1e-12));
        assertThat(ProgrammeReturn.of(500, 200).perUnit()).isEqualTo(1.5);
        assertThat(ProgrammeReturn.of(500, 0).perUnit()).isNull();
    }

    @Test
    void learnedWeightsAreOfferedOnlyForARealGain() {
        Random random = new Random(3);
        int n = 400;
        double[][] positions = new double[n][9];
        double[] real = new double[n];
        double[] noise = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 9; j++) {
                positions[i][j] = random.nextDouble();
            }
            real[i] = positions[i][7] + 0.3 * random.nextDouble();
            noise[i] = random.nextDouble();
        }
        double[] stated = {.3, .1, .05, .2, .1, .1, .05, .05, .05};
        LearnedWeights useful = LearnedWeights.propose(positions, real, stated, 1);
        LearnedWeights useless = LearnedWeights.propose(positions, noise, stated, 1);

        assertThat(useful.offered()).isTrue();
        assertThat(useful.learned()[7]).isGreaterThan(.3);
        assertThat(java.util.Arrays.stream(useful.learned()).sum()).isCloseTo(1, within(1e-12));
        assertThat(useless.offered()).isFalse();
        assertThatThrownBy(() -> LearnedWeights.propose(new double[5][9], new double[5], stated, 1))
                .hasMessageContaining("too few");
    }

    @Test
    void learnedWeightsAreStatedInHundredthsThatSumToOne() {
        double[] third = {1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 0, 0, 0, 0, 0};
        LearnedWeights weights = new LearnedWeights(third, third, 0, 0, 0, 0, true);

        assertThat(weights.rounded())
                .startsWith(new BigDecimal("0.34"), new BigDecimal("0.33"), new BigDecimal("0.33"));
        assertThat(java.util.Arrays.stream(weights.rounded()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(BigDecimal.ONE);
    }

    @Test
    void peersAreQuantilesWithoutNames() {
        PlvResult result = PARTNERS.scores().get(0);
        List<PeerStanding> standings = PeerStanding.of(result, PARTNERS.fitted().reference());
        assertThat(standings)
                .extracting(PeerStanding::term)
                .containsExactly(PlvTerm.VALUE, PlvTerm.FREQUENCY, PlvTerm.SIZE);
        assertThat(standings).allMatch(s -> s.quarter() <= s.median() && s.median() <= s.threeQuarters());
    }

    @Test
    void fadedEngagementIsEvidence() {
        List<PartnerHistory> partners = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            PartnerHistory history = PARTNERS.histories().get(i);
            for (int e = 0; e <= i % 5; e++) {
                history = history.withEngagement(Engagement.Kind.COSELL, PARTNERS.today(), 1, 90);
            }
            partners.add(history);
        }
        Plv.Fitted fitted = Plv.fit(partners, PARTNERS.policy(), PARTNERS.asOf(), "v3");
        PlvResult before =
                Plv.score(partners.get(4), fitted.model(), fitted.reference(), PARTNERS.policy(), PARTNERS.asOf());
        PlvResult after = Plv.score(
                partners.get(4),
                fitted.model(),
                fitted.reference(),
                PARTNERS.policy(),
                PARTNERS.asOf().plusDays(120));
        assertThat(Trend.of(before, after, PARTNERS.policy()).evidence())
                .anyMatch(line -> line.startsWith("engagement fell from 5.0"));
    }
}
