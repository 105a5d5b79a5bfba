package dev.rainmaker.lifetimevalue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Values that papers and reference packages print; gradients; recovery; invariances. */
class DealFlowModelTest {

    /** Fader, Hardie and Lee 2005, Marketing Science 24(2), CDNOW. */
    private static final BgNbd PUBLISHED_BG = new BgNbd(.243, 4.414, .793, 2.426);
    /** Maximum of the same likelihood, CDNOW summary in weeks. */
    private static final BgNbd FITTED_BG =
            new BgNbd(.242592907230162, 4.413531561587108, .7928861478200693, 2.425753435997764);
    /** BTYDplus, repeated in the tests of the Python package lifetimes. */
    private static final MbgNbd PUBLISHED_MBG = new MbgNbd(.525, 6.183, .891, 1.614);
    /** Fader, Hardie and Lee 2005, CDNOW. */
    private static final ParetoNbd PUBLISHED_PARETO = new ParetoNbd(.553, 10.578, .606, 11.669);

    @Test
    void bgNbdMeetsThePublishedExample() {
        assertThat(PUBLISHED_BG.expectedDeals(2, 30.43, 38.86, 39)).isCloseTo(1.226028175, within(1e-9));
        assertThat(PUBLISHED_BG.probabilityAlive(2, 30.43, 38.86)).isCloseTo(.7265785701, within(1e-10));
        assertThat(FITTED_BG.expectedDealsOfNewPartner(1)).isCloseTo(.0531847408, within(1e-10));
        assertThat(FITTED_BG.expectedDealsOfNewPartner(32)).isCloseTo(1.0437372298, within(1e-9));
        assertThat(FITTED_BG.expectedDealsOfNewPartner(78)).isCloseTo(1.8579717827, within(1e-9));
        assertThat(PUBLISHED_BG.probabilityOfDeals(10, 2)).isCloseTo(1.0786896e-7, within(1e-14));
        assertThat(PUBLISHED_BG.probabilityOfDeals(0, 39)).isCloseTo(.57378635, within(1e-8));
    }

    @Test
    void countsOfBgNbdAreADistributionWithItsExpectation() {
        double sum = 0;
        double mean = 0;
        for (int k = 0; k < 400; k++) {
            double p = PUBLISHED_BG.probabilityOfDeals(k, 39);
            sum += p;
            mean += k * p;
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat(mean).isCloseTo(PUBLISHED_BG.expectedDealsOfNewPartner(39), within(1e-3));
    }

    @Test
    void paretoNbdMeetsThePublishedExamples() {
        assertThat(PUBLISHED_PARETO.expectedDeals(26, 30.86, 31, 52)).isCloseTo(25.458472951, within(1e-8));
        assertThat(PUBLISHED_PARETO.probabilityAlive(26, 30.86, 31)).isCloseTo(.9979187311, within(1e-10));
        // Example of the R package BTYD: expected residual transactions at 0.0027 a week.
        ParetoNbd btyd = new ParetoNbd(.5629966, 12.5590370, .4081095, 10.5148048);
        assertThat(btyd.discountedDeals(7, 35, 77.86, 0.0027, 0)).isCloseTo(1.864183328, within(1e-9));
    }

    @Test
    void moreDealsAtEqualRecencyFirstRaiseThenLowerTheResidualValue() {
        ParetoNbd btyd = new ParetoNbd(.5629966, 12.5590370, .4081095, 10.5148048);
        double[] published = {2.1991554497, 2.8435344061, 2.8671283912, 2.4454100786, 1.8405019245};
        for (int x = 1; x <= published.length; x++) {
            assertThat(btyd.discountedDeals(x, 30, 77.86, 0.0027, 0)).isCloseTo(published[x - 1], within(1e-9));
        }
    }

    @Test
    void partnerWithOneDealIsCertainlyAliveOnlyInBgNbd() {
        assertThat(PUBLISHED_BG.probabilityAlive(0, 0, 38.86)).isEqualTo(1);
        assertThat(PUBLISHED_MBG.probabilityAlive(0, 0, 38.86)).isCloseTo(.3897, within(1e-3));
        assertThat(PUBLISHED_PARETO.probabilityAlive(0, 0, 38.86)).isCloseTo(.29528660461689415, within(1e-12));
    }

    @Test
    void everyModelAnswersForAPartnerOfToday() {
        for (DealFlowModel model : List.of(PUBLISHED_BG, PUBLISHED_MBG, PUBLISHED_PARETO)) {
            assertThat(model.probabilityAlive(0, 0, 0)).isBetween(0.5, 1.0);
            assertThat(model.expectedDeals(0, 0, 0, 26)).isCloseTo(model.expectedDealsOfNewPartner(26), within(1e-12));
        }
    }

    @Test
    void hugeHistoriesAndLongHorizonsStayFinite() {
        for (DealFlowModel model : List.of(PUBLISHED_BG, PUBLISHED_MBG, PUBLISHED_PARETO)) {
            assertThat(model.expectedDeals(500, 500, 501, 5_200)).isBetween(100.0, 10_000.0);
            assertThat(model.probabilityAlive(10_000, 100, 5_000)).isBetween(0.0, 1e-6);
            assertThat(model.expectedDeals(10_000, 4_999, 5_000, 26)).isBetween(30.0, 60.0);
        }
    }

    @Test
    void leavingProbabilityParameterOfOneIsNoSpecialCase() {
        double below = new BgNbd(.5, 5, 1 - 1e-4, 2).expectedDeals(3, 20, 25, 26);
        double at = new BgNbd(.5, 5, 1, 2).expectedDeals(3, 20, 25, 26);
        double above = new BgNbd(.5, 5, 1 + 1e-4, 2).expectedDeals(3, 20, 25, 26);
        assertThat(at).isCloseTo((below + above) / 2, within(1e-7));
        double pareto = new ParetoNbd(.5, 10, 1, 12).expectedDeals(3, 20, 25, 26);
        assertThat(pareto).isCloseTo(new ParetoNbd(.5, 10, 1 + 1e-9, 12).expectedDeals(3, 20, 25, 26), within(1e-8));
    }

    @Property(tries = 200)
    void longerSilenceMakesAlivenessLessLikely(
            @ForAll @IntRange(min = 1, max = 60) int x,
            @ForAll @DoubleRange(min = 1, max = 200) double recency,
            @ForAll @DoubleRange(min = 0, max = 200) double silence,
            @ForAll @DoubleRange(min = 0.1, max = 50) double more) {
        for (DealFlowModel model : List.of(PUBLISHED_BG, PUBLISHED_MBG, PUBLISHED_PARETO)) {
            assertThat(model.probabilityAlive(x, recency, recency + silence + more))
                    .isLessThanOrEqualTo(model.probabilityAlive(x, recency, recency + silence) + 1e-12);
        }
    }

    @Property(tries = 200)
    void longerHorizonNeverExpectsFewerDeals(
            @ForAll @IntRange(min = 0, max = 60) int x,
            @ForAll @DoubleRange(min = 0, max = 200) double recency,
            @ForAll @DoubleRange(min = 0, max = 200) double silence,
            @ForAll @DoubleRange(min = 0.1, max = 100) double weeks) {
        for (DealFlowModel model : List.of(PUBLISHED_BG, PUBLISHED_MBG, PUBLISHED_PARETO)) {
            double seen = x == 0 ? 0 : recency;
            assertThat(model.expectedDeals(x, seen, recency + silence, weeks * 1.5))
                    .isGreaterThanOrEqualTo(model.expectedDeals(x, seen, recency + silence, weeks) - 1e-12);
        }
    }

    @Test
    void gradientsMeetFiniteDifferences() {
        DealFlowData data = new Simulation(3).bgNbd(400, PUBLISHED_BG, 40).data();
        double[] at = {.4, 6, .9, 2};
        double[] gradient = new double[4];
        new BgNbd(at[0], at[1], at[2], at[3]).logLikelihood(data, gradient);
        differences(at, gradient, p -> new BgNbd(p[0], p[1], p[2], p[3]).logLikelihood(data));
        new MbgNbd(at[0], at[1], at[2], at[3]).logLikelihood(data, gradient);
        differences(at, gradient, p -> new MbgNbd(p[0], p[1], p[2], p[3]).logLikelihood(data));
        for (double beta : new double[] {2, 6, 20}) {
            double[] pareto = {.4, 6, .9, beta};
            new ParetoNbd(.4, 6, .9, beta).logLikelihood(data, gradient);
            differences(pareto, gradient, p -> new ParetoNbd(p[0], p[1], p[2], p[3]).logLikelihood(data));
        }
    }

    private static void differences(
            double[] at, double[] gradient, java.util.function.ToDoubleFunction<double[]> function) {
        for (int i = 0; i < at.length; i++) {
            double h = 1e-5 * at[i];
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += h;
            down[i] -= h;
            double slope = (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * h);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
        }
    }

    @Test
    void fitsRecoverTheParametersOfSimulatedPartners() {
        BgNbd truth = new BgNbd(.8, 6, 1.2, 3);
        DealFlowFit fit = BgNbd.fit(new Simulation(11).bgNbd(30_000, truth, 60).data());
        BgNbd found = (BgNbd) fit.model();
        assertThat(fit.problem()).isNull();
        assertThat(found.r()).isCloseTo(truth.r(), within(.05));
        assertThat(found.alpha()).isCloseTo(truth.alpha(), within(.5));
        assertThat(found.a() / (found.a() + found.b())).isCloseTo(1.2 / 4.2, within(.02));

        ParetoNbd pareto = new ParetoNbd(.9, 8, 1.1, 15);
        DealFlowFit second =
                ParetoNbd.fit(new Simulation(12).paretoNbd(30_000, pareto, 80).data());
        ParetoNbd foundPareto = (ParetoNbd) second.model();
        assertThat(second.problem()).isNull();
        assertThat(foundPareto.r()).isCloseTo(pareto.r(), within(.06));
        assertThat(foundPareto.alpha()).isCloseTo(pareto.alpha(), within(.6));
        assertThat(foundPareto.s() / foundPareto.beta()).isCloseTo(1.1 / 15, within(.01));
    }

    @Test
    void mbgNbdRecoversTheParametersOfSimulatedPartners() {
        MbgNbd truth = new MbgNbd(.7, 5, 1.1, 2.5);
        DealFlowFit fit =
                MbgNbd.fit(new Simulation(21).mbgNbd(30_000, truth, 60).data());
        MbgNbd found = (MbgNbd) fit.model();
        assertThat(fit.problem()).isNull();
        assertThat(found.r()).isCloseTo(truth.r(), within(.06));
        assertThat(found.alpha()).isCloseTo(truth.alpha(), within(.6));
        assertThat(found.a() / (found.a() + found.b())).isCloseTo(1.1 / 3.6, within(.03));
    }

    /** More partners than a first stage takes: the end must be the top of the whole likelihood, not of the sample's. */
    @Test
    void fitOfManyPartnersEndsAtTheTopOfAllOfThem() {
        DealFlowData data = new Simulation(31).bgNbd(40_000, PUBLISHED_BG, 40).data();
        assertThat(data.groups()).isGreaterThan(20_000);
        DealFlowFit bg = BgNbd.fit(data);
        double[] slopes = new double[4];
        BgNbd foundBg = (BgNbd) bg.model();
        foundBg.logLikelihood(data, slopes);
        flat(slopes, data, foundBg.r(), foundBg.alpha(), foundBg.a(), foundBg.b());
        DealFlowFit pareto = ParetoNbd.fit(data);
        ParetoNbd foundPareto = (ParetoNbd) pareto.model();
        foundPareto.logLikelihood(data, slopes);
        flat(slopes, data, foundPareto.r(), foundPareto.alpha(), foundPareto.s(), foundPareto.beta());
        assertThat(List.of(bg.evaluations(), pareto.evaluations()))
                .allSatisfy(n -> assertThat(n).isLessThan(12));
    }

    private static void flat(double[] slopes, DealFlowData data, double... parameters) {
        for (int i = 0; i < 4; i++) {
            assertThat(slopes[i] * parameters[i] / data.partners()).isCloseTo(0, within(3e-7));
        }
    }

    /** Partners of whom each leaves with the same probability have no gamma-distributed lifetimes: a must run away. */
    @Test
    void fitThatCannotConvergeGivesUpSoonAndSaysSo() {
        DealFlowData data =
                new Simulation(41).geometric(40_000, 1.5, 10.6, .2, 40).data();
        DealFlowFit fit = ParetoNbd.fit(data);
        assertThat(fit.evaluations()).isLessThanOrEqualTo(24 + 1);
        assertThat(fit.problem()).isNotNull();
    }

    @Test
    void changeOfTimeUnitScalesTheTimesAndNothingElse() {
        Simulation.Partners weeks = new Simulation(5).bgNbd(1_000, PUBLISHED_BG, 40);
        Simulation.Partners days = weeks.scaled(7);
        double repeats = java.util.Arrays.stream(weeks.x()).sum();

        BgNbd inDays = new BgNbd(.243, 4.414 * 7, .793, 2.426);
        assertThat(inDays.logLikelihood(days.data()))
                .isCloseTo(PUBLISHED_BG.logLikelihood(weeks.data()) - Math.log(7) * repeats, within(1e-6));
        BgNbd a = (BgNbd) BgNbd.fit(weeks.data()).model();
        BgNbd b = (BgNbd) BgNbd.fit(days.data()).model();
        assertThat(b.alpha()).isCloseTo(7 * a.alpha(), within(1e-4 * b.alpha()));
        assertThat(b.r()).isCloseTo(a.r(), within(1e-4));
        assertThat(b.expectedDeals(3, 70, 140, 182)).isCloseTo(a.expectedDeals(3, 10, 20, 26), within(1e-4));
    }

    @Test
    void regularOrderingRunsAwayAndIsFlagged() {
        int n = 400;
        int[] x = new int[n];
        double[] recency = new double[n];
        double[] age = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 7 + i % 2;
            recency[i] = 13 * x[i];
            age[i] = recency[i] + i % 13;
        }
        assertThat(BgNbd.fit(DealFlowData.of(x, recency, age)).problem()).isNotNull();
    }

    @Test
    void brokenHistoriesAreNamed() {
        assertThatThrownBy(() -> DealFlowData.of(new int[] {0, 2}, new double[] {0, 9}, new double[] {1, 8}))
                .hasMessageContaining("partner 1")
                .hasMessageContaining("recency = 9.0");
    }

    @Test
    void partnersAllAlikeOrAloneGiveAFitOrAReason() {
        for (int n : new int[] {1, 2, 50}) {
            int[] x = new int[n];
            double[] zero = new double[n];
            DealFlowFit fit = MbgNbd.fit(DealFlowData.of(x, zero, zero));
            assertThat(Double.isFinite(fit.logLikelihood())).isTrue();
        }
    }
}
