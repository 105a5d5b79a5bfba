package dev.rainmaker.lifetimevalue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** Checks of facts/plv.md, sections 3 to 5 and 7. */
class ShrinkageTest {

    @Test
    void gammaFunctionsMeetHipparchus() {
        for (double z = 0.06; z < 5_000; z *= 1.17) {
            assertThat(GammaFunctions.lnGamma(z))
                    .isCloseTo(Gamma.logGamma(z), within(1e-10 * (1 + Math.abs(Gamma.logGamma(z)))));
            assertThat(GammaFunctions.digamma(z))
                    .isCloseTo(Gamma.digamma(z), within(1e-8 * (1 + Math.abs(Gamma.digamma(z)))));
        }
        // psi(1) = minus Euler's constant
        assertThat(GammaFunctions.digamma(1)).isCloseTo(-0.577215664901532860606, within(1e-14));
        assertThat(GammaFunctions.digamma(0.5)).isCloseTo(-0.577215664901532860606 - 2 * Math.log(2), within(1e-14));
        // Gamma(1/2) = sqrt(pi), Gamma(11) = 10!
        assertThat(GammaFunctions.lnGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-14));
        assertThat(GammaFunctions.lnGamma(11)).isCloseTo(Math.log(3_628_800), within(1e-13));
    }

    @Test
    void betaBinomialMeetsTheWorkedExample() {
        double[] k = {1, 4, 2, 9, 0, 6};
        double[] n = {10, 10, 10, 20, 8, 12};
        BetaBinomial fit = BetaBinomial.fit(k, n);

        assertThat(fit.alpha()).isCloseTo(2.99743, within(1e-4));
        assertThat(fit.beta()).isCloseTo(7.33065, within(2e-4));
        assertThat(fit.logLikelihood(k, n)).isCloseTo(-42.86653, within(1e-5));
        assertThat(fit.chiSquare()).isCloseTo(10.37405, within(1e-5));
        double[] means = {.19665, .34422, .24584, .39559, .16354, .40296};
        for (int i = 0; i < 6; i++) {
            assertThat(fit.mean(k[i], n[i])).isCloseTo(means[i], within(1e-5));
        }
    }

    @Test
    void winRatesOfMavenAgentsCannotBeToldApart() {
        Map<String, double[]> agents = new TreeMap<>();
        for (String line : Shared.lines("data/maven-crm/sales_pipeline.csv")) {
            String[] cells = line.split(",", -1);
            if (cells[4].equals("Won") || cells[4].equals("Lost")) {
                double[] counts = agents.computeIfAbsent(cells[1], any -> new double[2]);
                counts[0] += cells[4].equals("Won") ? 1 : 0;
                counts[1]++;
            }
        }
        BetaBinomial fit = BetaBinomial.fit(
                agents.values().stream().mapToDouble(c -> c[0]).toArray(),
                agents.values().stream().mapToDouble(c -> c[1]).toArray());

        assertThat(fit.partners()).isEqualTo(30);
        assertThat(fit.chiSquare()).isCloseTo(33.3, within(.05));
        assertThat(fit.pValue()).isCloseTo(.26, within(.01));
        assertThat(fit.mean()).isCloseTo(.63167, within(1e-4));
        assertThat(fit.differencesEstablished()).isFalse();
    }

    @Test
    void identicalRatesRunToTheCapAndSaySo() {
        double[] k = new double[50];
        double[] n = new double[50];
        Arrays.fill(k, 5);
        Arrays.fill(n, 10);
        BetaBinomial fit = BetaBinomial.fit(k, n);
        assertThat(fit.alpha() + fit.beta()).isCloseTo(BetaBinomial.MOST, within(1.0));
        assertThat(fit.differencesEstablished()).isFalse();
        assertThat(fit.mean(0, 10)).isCloseTo(.5, within(.001));
    }

    @Test
    void normalNormalMeetsTheWorkedExample() {
        double[] means = {4.5, 3.8, 4.9, 4.1};
        double[] n = {10, 40, 3, 25};
        NormalNormal fit = NormalNormal.fit(means, n, .8);

        assertThat(fit.mean()).isCloseTo(4.028205, within(1e-6));
        assertThat(fit.between()).isCloseTo(.0898133, within(1e-7));
        assertThat(fit.strength()).isCloseTo(8.907363, within(1e-6));
        double[] shrunk = {4.277735, 3.841562, 4.247849, 4.081140};
        for (int i = 0; i < 4; i++) {
            assertThat(fit.shrunk(means[i], n[i])).isCloseTo(shrunk[i], within(1e-6));
        }
    }

    @Test
    void meansThatDoNotDifferBecomeTheCommonMean() {
        NormalNormal fit = NormalNormal.fit(new double[] {4, 4.01, 3.99}, new double[] {5, 5, 5}, 1);
        assertThat(fit.differencesEstablished()).isFalse();
        assertThat(fit.shrunk(4.01, 5)).isEqualTo(fit.mean());
    }

    @Test
    void gammaGammaMeetsThePublishedExample() {
        GammaGamma published = new GammaGamma(6.25, 3.74, 15.44);
        assertThat(published.expectedMoney(2, 22.35)).isCloseTo(24.66371391, within(1e-8));
        assertThat(published.expectedMoney(0, 0)).isCloseTo(35.21897810, within(1e-8));
        assertThat(published.expectedMoney(7, 73.74)).isCloseTo(71.46967090, within(1e-8));
    }

    @Test
    void gammaGammaRecoversSimulatedPartnersAndItsGradientIsRight() {
        Simulation simulation = new Simulation(4);
        int count = 20_000;
        double[] x = new double[count];
        double[] mean = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = 1 + i % 7;
            double rate = simulation.gamma(4) / 30;
            mean[i] = simulation.gamma(5 * x[i]) / rate / x[i];
        }
        GammaGammaFit fit = GammaGamma.fit(x, mean);
        assertThat(fit.problem()).isNull();
        // Twice the gain over the truth is chi-square with 3 degrees of freedom: 16 has a chance of 1 in 1,000.
        double atTruth = new GammaGamma(5, 4, 30).logLikelihood(x, mean);
        assertThat(fit.logLikelihood()).isBetween(atTruth, atTruth + 8);
        assertThat(fit.model().populationMean()).isCloseTo(50, within(1.5));

        double[] gradient = new double[3];
        double[] at = {4, 3, 25};
        new GammaGamma(4, 3, 25).logLikelihood(x, mean, gradient);
        for (int i = 0; i < 3; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            double h = 1e-5 * at[i];
            up[i] += h;
            down[i] -= h;
            double slope = (new GammaGamma(up[0], up[1], up[2]).logLikelihood(x, mean)
                            - new GammaGamma(down[0], down[1], down[2]).logLikelihood(x, mean))
                    / (2 * h);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-4 * (1 + Math.abs(slope))));
        }
    }

    @Test
    void moneyOfZeroOrLessIsOutsideGammaGammaAndLowersTheExpectationNoFurther() {
        GammaGamma model = new GammaGamma(6.25, 3.74, 15.44);
        assertThat(model.expectedMoney(3, -10)).isEqualTo(model.expectedMoney(3, 0));
        assertThat(GammaGamma.fit(new double[] {3, 1}, new double[] {-10, 0}).problem())
                .contains("fewer than two");
    }

    @Test
    void randomBuyingHasRegularityOneAndClockworkIsTooRegular() {
        Regularity random = new Regularity();
        Regularity clockwork = new Regularity();
        Simulation simulation = new Simulation(9);
        for (int i = 0; i < 20_000; i++) {
            random.add(simulation.exponential(.1), simulation.exponential(.1));
            clockwork.add(90 + i % 5, 92 - i % 3);
        }
        assertThat(random.k()).isCloseTo(1, within(.03));
        assertThat(random.tooRegular()).isFalse();
        assertThat(clockwork.tooRegular()).isTrue();
    }
}
