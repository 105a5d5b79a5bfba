package dev.rainmaker.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.lifetimevalue.model.Simulation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeadDifficultyTest {

    private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);

    /** Skills Gamma(8, 8) around wins that are expected: the strength that made them is found again. */
    @Test
    void strengthOfSimulatedSkillsIsRecovered() {
        Simulation simulation = new Simulation(21);
        int n = 4_000;
        double[] wins = new double[n];
        double[] expected = new double[n];
        double[] variance = new double[n];
        for (int i = 0; i < n; i++) {
            expected[i] = 5 + i % 40;
            variance[i] = expected[i];
            double mean = expected[i] * simulation.gamma(8) / 8;
            for (double t = simulation.exponential(1); t < mean; t += simulation.exponential(1)) {
                wins[i]++;
            }
        }
        SkillPrior prior = SkillPrior.of(wins, expected, variance);
        assertThat(prior.strength()).isCloseTo(8, within(.8));
        assertThat(prior.established()).isTrue();
        assertThat(prior.skill(10, 10)).isEqualTo(1);
        assertThat(prior.skill(20, 10)).isCloseTo((20 + prior.strength()) / (10 + prior.strength()), within(1e-12));
    }

    @Test
    void likelihoodIsThatOfTheNegativeBinomial() {
        // w = 2, E = 3, k = 1: probability of 2 under a geometric of mean 3 is (1/4)(3/4)^2; the 2! is left out.
        assertThat(SkillPrior.logLikelihood(new double[] {2}, new double[] {3}, 1))
                .isCloseTo(Math.log(.25 * .75 * .75) + Math.log(2), within(1e-12));
    }

    @Test
    void partnersThatOnlyDifferInTheirLeadsAreNotToldApart() {
        List<PartnerHistory> partners = partners(200, 0);
        Plv.Fitted fitted = Plv.fit(partners, PlvPolicy.standard(), AS_OF, "v1");
        PlvResult result = Plv.score(partners.get(0), fitted.model(), fitted.reference(), PlvPolicy.standard(), AS_OF);

        assertThat(fitted.model().conversion().established()).isTrue();
        assertThat(fitted.model().skill().established()).isFalse();
        assertThat(result.term(PlvTerm.CONVERSION).position()).isEqualTo(.5);
        assertThat(result.term(PlvTerm.CONVERSION).note())
                .contains("beyond the difficulty of their leads are not established")
                .contains("raw rate");
    }

    @Test
    void rawAndAdjustedRanksStandSideBySide() {
        List<PartnerHistory> partners = partners(100, .15);
        Plv.Fitted fitted = Plv.fit(partners, PlvPolicy.standard(), AS_OF, "v1");
        List<LeadDifficulty> report = LeadDifficulty.of(partners, fitted.model());

        assertThat(report).hasSize(100);
        assertThat(fitted.model().skill().established()).isTrue();
        assertThat(report.get(0).adjustedRank()).isEqualTo(1);
        // Odd partners got the hard leads; even ranks among the adjusted best must not be reserved for easy leads.
        long hardAmongBest = report.subList(0, 20).stream()
                .filter(each -> Integer.parseInt(each.partner().substring(1)) % 2 == 1)
                .count();
        long hardAmongRawBest = report.stream()
                .filter(each ->
                        each.rawRank() <= 20 && Integer.parseInt(each.partner().substring(1)) % 2 == 1)
                .count();
        assertThat(hardAmongBest).isBetween(4L, 16L);
        assertThat(hardAmongRawBest).isZero();
    }

    /** Easy leads are won by 80%, hard ones by 20%; every fourth partner wins {@code better} more of its own. */
    private static List<PartnerHistory> partners(int n, double better) {
        Random random = new Random(5);
        List<PartnerHistory> result = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            PartnerHistory history = PartnerHistory.empty("p" + i);
            String given = i % 2 == 0 ? "easy" : "hard";
            double rate = (i % 2 == 0 ? .8 : .2) + (i % 4 < 2 ? 0 : better);
            for (int lead = 0; lead < 80; lead++) {
                history = history.withLead(given, random.nextDouble() < rate ? LeadOutcome.WON : LeadOutcome.LOST, 1);
            }
            result.add(history);
        }
        return result;
    }

    @Test
    void termsThatShareACauseAreMarked() {
        SimulatedPartners partners = SimulatedPartners.of(150, 600, 9, 1);
        List<TermCorrelation> found = TermCorrelation.of(partners.scores());

        assertThat(found).isNotEmpty();
        TermCorrelation strongest = found.get(0);
        assertThat(Math.abs(strongest.rank()))
                .isGreaterThanOrEqualTo(Math.abs(found.get(found.size() - 1).rank()));
        TermCorrelation valueAndFrequency = found.stream()
                .filter(each -> each.first() == PlvTerm.VALUE && each.second() == PlvTerm.FREQUENCY)
                .findFirst()
                .orElseThrow();
        assertThat(valueAndFrequency.sharesCause()).isTrue();
        assertThat(valueAndFrequency.partners()).isEqualTo(partners.scores().size());
        assertThat(found).noneMatch(each -> each.first() == PlvTerm.CONVERSION);
        assertThat(TermCorrelation.of(List.of())).isEmpty();
    }
}
