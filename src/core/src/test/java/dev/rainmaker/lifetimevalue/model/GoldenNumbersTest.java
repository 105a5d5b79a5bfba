package dev.rainmaker.lifetimevalue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Every model value of golden.json, to the tolerances stated there. */
class GoldenNumbersTest {

    private final JsonNode golden = Shared.golden();

    /** Frequency, recency and age of the CDNOW summary, weeks. */
    private static DealFlowData cdnow() {
        List<String> lines = Shared.lines("data/cdnow/cdnow_customers_summary.csv");
        int n = lines.size() - 1;
        int[] x = new int[n];
        double[] recency = new double[n];
        double[] age = new double[n];
        for (int i = 0; i < n; i++) {
            String[] cells = lines.get(i + 1).split(",");
            x[i] = Integer.parseInt(cells[1]);
            recency[i] = Double.parseDouble(cells[2]);
            age[i] = Double.parseDouble(cells[3]);
        }
        return DealFlowData.of(x, recency, age);
    }

    private static double[][] cdnowMoney() {
        List<String> lines = Shared.lines("data/cdnow/cdnow_customers_summary_with_transactions.csv");
        double[][] result = new double[4][lines.size() - 1];
        for (int i = 0; i < lines.size() - 1; i++) {
            String[] cells = lines.get(i + 1).split(",");
            for (int c = 0; c < 4; c++) {
                result[c][i] = Double.parseDouble(cells[c + 1]);
            }
        }
        return result;
    }

    private static void close(double actual, double expected, double relative) {
        assertThat(actual).isCloseTo(expected, within(StrictMath.abs(expected) * relative));
    }

    private static void fits(DealFlowFit fit, double[] found, JsonNode mle, double relative) {
        double[] expected = Shared.numbers(mle.get("params"));
        assertThat(fit.problem()).isNull();
        assertThat(fit.logLikelihood()).isGreaterThan(mle.get("log_likelihood").asDouble() - 1e-4);
        for (int i = 0; i < 4; i++) {
            close(found[i], expected[i], relative);
        }
    }

    private void first10(DealFlowModel model, JsonNode at) {
        for (int i = 0; i < 10; i++) {
            JsonNode row = golden.get("first10").get("rows").get(i);
            int x = row.get(0).asInt();
            double recency = row.get(1).asDouble();
            double age = row.get(2).asDouble();
            close(
                    model.probabilityAlive(x, recency, age),
                    at.get("p_alive_first10").get(i).asDouble(),
                    1e-9);
            close(
                    model.expectedDeals(x, recency, age, 39),
                    at.get("cet_39_weeks_first10").get(i).asDouble(),
                    1e-9);
            if (at.has("dert_discount_0.0027_per_week_first10")) {
                close(
                        model.discountedDeals(x, recency, age, 0.0027, 0),
                        at.get("dert_discount_0.0027_per_week_first10").get(i).asDouble(),
                        1e-9);
            }
        }
    }

    @Test
    void bgNbdMeetsItsGoldenNumbers() {
        JsonNode g = golden.get("bgnbd");
        DealFlowData data = cdnow();
        DealFlowFit fit = BgNbd.fit(data);
        BgNbd mle = (BgNbd) fit.model();
        fits(fit, new double[] {mle.r(), mle.alpha(), mle.a(), mle.b()}, g.get("mle_summary_csv"), 1e-4);

        double[] p = Shared.numbers(g.get("mle_summary_csv").get("params"));
        BgNbd golden = new BgNbd(p[0], p[1], p[2], p[3]);
        assertThat(golden.logLikelihood(data))
                .isCloseTo(g.get("mle_summary_csv").get("log_likelihood").asDouble(), within(1e-6));
        JsonNode expected = g.get("mle_summary_csv").get("expected_transactions");
        for (int i = 0; i < expected.get("t").size(); i++) {
            close(
                    golden.expectedDealsOfNewPartner(expected.get("t").get(i).asDouble()),
                    expected.get("value").get(i).asDouble(),
                    1e-9);
        }
        double sum = 0;
        for (int i = 0; i < data.groups(); i++) {
            sum += data.groupWeight[i]
                    * golden.expectedDeals(
                            data.repeats[data.groupRepeats[i]],
                            data.times[data.groupRecency[i]],
                            data.times[data.groupAge[i]],
                            39);
        }
        close(sum, g.get("mle_summary_csv").get("sum_cet_39_weeks").asDouble(), 1e-9);

        BgNbd published = new BgNbd(.243, 4.414, .793, 2.426);
        assertThat(published.logLikelihood(data))
                .isCloseTo(g.get("at_published").get("log_likelihood").asDouble(), within(1e-6));
        first10(published, g.get("at_published"));
        expected = g.get("at_published").get("expected_transactions");
        for (int i = 0; i < expected.get("t").size(); i++) {
            close(
                    published.expectedDealsOfNewPartner(expected.get("t").get(i).asDouble()),
                    expected.get("value").get(i).asDouble(),
                    1e-9);
        }
        for (JsonNode count : g.get("at_published").get("count_probability")) {
            if (count.has("x")) {
                close(
                        published.probabilityOfDeals(
                                count.get("x").asInt(), count.get("t").asDouble()),
                        count.get("value").asDouble(),
                        1e-9);
            } else {
                for (int x = count.get("x_from").asInt(); x <= count.get("x_to").asInt(); x++) {
                    close(
                            published.probabilityOfDeals(x, count.get("t").asDouble()),
                            count.get("value")
                                    .get(x - count.get("x_from").asInt())
                                    .asDouble(),
                            1e-9);
                }
            }
        }
    }

    @Test
    void mbgNbdMeetsItsGoldenNumbers() {
        JsonNode g = golden.get("mbgnbd").get("mle_summary_csv");
        DealFlowData data = cdnow();
        DealFlowFit fit = MbgNbd.fit(data);
        MbgNbd mle = (MbgNbd) fit.model();
        fits(fit, new double[] {mle.r(), mle.alpha(), mle.a(), mle.b()}, g, 1e-4);

        double[] p = Shared.numbers(g.get("params"));
        MbgNbd golden = new MbgNbd(p[0], p[1], p[2], p[3]);
        assertThat(golden.logLikelihood(data)).isCloseTo(g.get("log_likelihood").asDouble(), within(1e-6));
        first10(golden, g);
    }

    @Test
    void paretoNbdMeetsItsGoldenNumbers() {
        JsonNode g = golden.get("paretonbd");
        DealFlowData data = cdnow();
        DealFlowFit fit = ParetoNbd.fit(data);
        ParetoNbd mle = (ParetoNbd) fit.model();
        fits(fit, new double[] {mle.r(), mle.alpha(), mle.s(), mle.beta()}, g.get("mle_summary_csv"), 1e-3);

        double[] p = Shared.numbers(g.get("mle_summary_csv").get("params"));
        assertThat(new ParetoNbd(p[0], p[1], p[2], p[3]).logLikelihood(data))
                .isCloseTo(g.get("mle_summary_csv").get("log_likelihood").asDouble(), within(1e-6));
        ParetoNbd published = new ParetoNbd(.553, 10.578, .606, 11.669);
        assertThat(published.logLikelihood(data))
                .isCloseTo(g.get("at_published").get("log_likelihood").asDouble(), within(1e-6));
        first10(published, g.get("at_published"));
        JsonNode cet = g.get("at_published").get("cet_52_weeks");
        close(published.expectedDeals(26, 30.86, 31, 52), cet.get("value").asDouble(), 1e-9);
        close(published.probabilityAlive(26, 30.86, 31), cet.get("p_alive").asDouble(), 1e-9);

        JsonNode dert = g.get("dert_btyd_example");
        double[] q = Shared.numbers(dert.get("params"));
        ParetoNbd btyd = new ParetoNbd(q[0], q[1], q[2], q[3]);
        close(
                btyd.discountedDeals(7, 35, 77.86, 0.0027, 0),
                dert.get("x7_recency35").asDouble(),
                1e-9);
        for (int x = 1; x <= 10; x++) {
            close(
                    btyd.discountedDeals(x, 30, 77.86, 0.0027, 0),
                    dert.get("x1_to_10_recency30").get(x - 1).asDouble(),
                    1e-9);
        }
    }

    @Test
    void gammaGammaMeetsItsGoldenNumbers() {
        JsonNode g = golden.get("gammagamma");
        double[][] cdnow = cdnowMoney();
        GammaGammaFit fit = GammaGamma.fit(cdnow[0], cdnow[3]);
        JsonNode mle = g.get("mle_summary_csv");
        double[] p = Shared.numbers(mle.get("params"));
        assertThat(fit.problem()).isNull();
        assertThat(fit.partners()).isEqualTo(mle.get("n").asInt());
        assertThat(fit.logLikelihood()).isGreaterThan(mle.get("log_likelihood").asDouble() - 1e-4);
        close(fit.model().p(), p[0], 1e-4);
        close(fit.model().q(), p[1], 1e-4);
        close(fit.model().gamma(), p[2], 1e-4);
        close(
                new GammaGamma(p[0], p[1], p[2]).populationMean(),
                mle.get("population_mean").asDouble(),
                1e-9);

        GammaGamma published = new GammaGamma(6.25, 3.74, 15.44);
        for (int i = 0; i < 10; i++) {
            JsonNode row = g.get("at_published").get("x_zbar_first10").get(i);
            close(
                    published.expectedMoney(row.get(0).asDouble(), row.get(1).asDouble()),
                    g.get("at_published").get("conditional_mean_first10").get(i).asDouble(),
                    1e-9);
        }
    }

    @Test
    void discountedValueOverTwelveMonthsMeetsItsGoldenNumbers() {
        JsonNode g = golden.get("clv_bgnbd_gammagamma");
        double[] p = Shared.numbers(golden.get("bgnbd").get("mle_summary_csv").get("params"));
        double[] q =
                Shared.numbers(golden.get("gammagamma").get("mle_summary_csv").get("params"));
        BgNbd flow = new BgNbd(p[0], p[1], p[2], p[3]);
        GammaGamma money = new GammaGamma(q[0], q[1], q[2]);
        double[][] cdnow = cdnowMoney();
        double total = 0;
        for (int i = 0; i < cdnow[0].length; i++) {
            double value = 0;
            double before = 0;
            for (int k = 1; k <= 12; k++) {
                double until = flow.expectedDeals((int) cdnow[0][i], cdnow[1][i], cdnow[2][i], 4.345 * k);
                value += (until - before) / StrictMath.pow(1.01, k);
                before = until;
            }
            value *= money.expectedMoney(cdnow[0][i], cdnow[3][i]);
            if (i < 5) {
                close(value, g.get("first5").get(i).asDouble(), 1e-5);
            }
            total += value;
        }
        assertThat(total).isCloseTo(g.get("sum_2357").asDouble(), withinPercentage(1e-3));
    }

    @Test
    void whatWasPublishedIsMetToTheDigitsThatWerePrinted() {
        DealFlowData data = cdnow();
        BgNbd bg = (BgNbd) BgNbd.fit(data).model();
        printed(golden.get("bgnbd"), bg.r(), bg.alpha(), bg.a(), bg.b());
        MbgNbd mbg = (MbgNbd) MbgNbd.fit(data).model();
        printed(golden.get("mbgnbd"), mbg.r(), mbg.alpha(), mbg.a(), mbg.b());
        JsonNode expected = golden.get("bgnbd").get("at_published").get("expected_transactions");
        for (int i = 0; i < expected.get("t").size(); i++) {
            assertThat(bg.expectedDealsOfNewPartner(expected.get("t").get(i).asDouble()))
                    .isCloseTo(expected.get("printed").get(i).asDouble(), within(.002));
        }

        ParetoNbd pareto = (ParetoNbd) ParetoNbd.fit(data).model();
        double[] top = {pareto.r(), pareto.alpha(), pareto.s(), pareto.beta()};
        double[] errors = standardErrors(data, top);
        double[] published =
                Shared.numbers(golden.get("paretonbd").get("published").get("standard_errors"));
        for (int i = 0; i < 4; i++) {
            assertThat(errors[i]).isCloseTo(published[i], withinPercentage(1));
        }

        JsonNode money = golden.get("gammagamma").get("at_published");
        GammaGamma spend = GammaGamma.fit(cdnowMoney()[0], cdnowMoney()[3]).model();
        for (int i = 0; i < 10; i++) {
            JsonNode row = money.get("x_zbar_first10").get(i);
            assertThat(spend.expectedMoney(row.get(0).asDouble(), row.get(1).asDouble()))
                    .isCloseTo(money.get("printed").get(i).asDouble(), within(.1));
        }
    }

    private static void printed(JsonNode model, double... found) {
        double[] published = Shared.numbers(model.get("published").get("params"));
        for (int i = 0; i < published.length; i++) {
            assertThat(found[i]).isCloseTo(published[i], within(5e-4));
        }
    }

    /** From the curvature of the likelihood at its top, by differences of the analytic slopes. */
    private static double[] standardErrors(DealFlowData data, double[] top) {
        double[][] information = new double[4][4];
        for (int i = 0; i < 4; i++) {
            double h = 1e-4 * top[i];
            double[][] slopes = new double[2][4];
            for (int side = 0; side < 2; side++) {
                double[] at = top.clone();
                at[i] += side == 0 ? -h : h;
                new ParetoNbd(at[0], at[1], at[2], at[3]).logLikelihood(data, slopes[side]);
            }
            for (int j = 0; j < 4; j++) {
                information[i][j] = (slopes[0][j] - slopes[1][j]) / (2 * h);
            }
        }
        RealMatrix covariance = MatrixUtils.inverse(MatrixUtils.createRealMatrix(information));
        return IntStream.range(0, 4)
                .mapToDouble(i -> StrictMath.sqrt(covariance.getEntry(i, i)))
                .toArray();
    }

    /** One transaction per buyer and day to 1997-09-30, times not rounded: the other published fit. */
    @Test
    void fitsToTheRawLogMeetTheirGoldenNumbers() {
        java.time.LocalDate cut = java.time.LocalDate.of(1997, 9, 30);
        java.util.Map<String, java.util.TreeMap<Long, Double>> days = new java.util.TreeMap<>();
        int actual = 0;
        for (String line : Shared.lines("data/cdnow/CDNOW_sample.txt")) {
            String[] cells = line.trim().split("\\s+");
            long day = java.time.LocalDate.parse(cells[2], java.time.format.DateTimeFormatter.BASIC_ISO_DATE)
                    .toEpochDay();
            days.computeIfAbsent(cells[1], any -> new java.util.TreeMap<>())
                    .merge(day, Double.parseDouble(cells[4]), Double::sum);
        }
        int n = days.size();
        int[] x = new int[n];
        double[] recency = new double[n];
        double[] age = new double[n];
        double[] mean = new double[n];
        int i = 0;
        for (java.util.TreeMap<Long, Double> own : days.values()) {
            var known = own.headMap(cut.toEpochDay(), true);
            actual += own.size() - known.size();
            x[i] = known.size() - 1;
            recency[i] = (known.lastKey() - known.firstKey()) / 7.0;
            age[i] = (cut.toEpochDay() - known.firstKey()) / 7.0;
            double repeats =
                    known.values().stream().mapToDouble(Double::doubleValue).sum()
                            - known.firstEntry().getValue();
            mean[i] = x[i] == 0 ? 0 : repeats / x[i];
            i++;
        }
        JsonNode g = golden.get("bgnbd").get("mle_transaction_log");
        DealFlowFit fit = BgNbd.fit(DealFlowData.of(x, recency, age));
        BgNbd found = (BgNbd) fit.model();
        fits(fit, new double[] {found.r(), found.alpha(), found.a(), found.b()}, g, 1e-4);
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += found.expectedDeals(x[k], recency[k], age[k], 273 / 7.0);
        }
        assertThat(sum)
                .isCloseTo(
                        g.get("holdout_273_days")
                                .get("sum_predicted_transactions")
                                .asDouble(),
                        within(.2));
        assertThat(actual)
                .isEqualTo(g.get("holdout_273_days").get("actual_transactions").asInt());

        JsonNode money = golden.get("gammagamma").get("mle_transaction_log");
        double[] expected = Shared.numbers(money.get("params"));
        GammaGammaFit perDay =
                GammaGamma.fit(java.util.Arrays.stream(x).asDoubleStream().toArray(), mean);
        assertThat(perDay.partners()).isEqualTo(money.get("n").asInt());
        assertThat(perDay.logLikelihood())
                .isGreaterThan(money.get("log_likelihood").asDouble() - 1e-4);
        close(perDay.model().p(), expected[0], 1e-4);
        close(perDay.model().q(), expected[1], 1e-4);
        close(perDay.model().gamma(), expected[2], 1e-4);
    }
}
