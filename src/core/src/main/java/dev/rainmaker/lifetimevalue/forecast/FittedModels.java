package dev.rainmaker.lifetimevalue.forecast;

import dev.rainmaker.lifetimevalue.model.BgNbd;
import dev.rainmaker.lifetimevalue.model.DealFlowData;
import dev.rainmaker.lifetimevalue.model.GammaGamma;
import dev.rainmaker.lifetimevalue.model.MbgNbd;
import dev.rainmaker.lifetimevalue.model.ParetoNbd;
import dev.rainmaker.lifetimevalue.model.Regularity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything fitted over all partners that a forecast needs.
 *
 * @param flows each deal-flow model, sound or not
 * @param regularity k of Wheat and Morrison; 1 = random buying, above 2 the flow models are not used; 0 where unknown
 * @param gapPairs evidence behind it
 * @param flowProblem why no flow model was fitted at all, null where they were
 */
public record FittedModels(
        List<FittedFlow> flows,
        FittedMoney money,
        double regularity,
        int gapPairs,
        @Nullable String flowProblem) {

    /** Under so many partners the flow models are not fitted: their parameters would be noise. */
    public static final int FEWEST_PARTNERS = 30;

    public FittedModels {
        flows = List.copyOf(flows);
    }

    /**
     * Fits all models.
     *
     * @param days deal days per partner, at least 1
     * @param recencyDays from first to last deal day
     * @param ageDays from first deal day to the as-of day
     * @param revenue of all deals
     */
    public static FittedModels fit(
            int[] days, int[] recencyDays, int[] ageDays, double[] revenue, Regularity regularity) {
        int n = days.length;
        int[] x = new int[n];
        double[] recency = new double[n];
        double[] age = new double[n];
        double[] count = new double[n];
        double[] mean = new double[n];
        double money = 0;
        double allDays = 0;
        for (int i = 0; i < n; i++) {
            x[i] = days[i] - 1;
            recency[i] = recencyDays[i] / 7.0;
            age[i] = ageDays[i] / 7.0;
            count[i] = days[i];
            mean[i] = revenue[i] / days[i];
            money += revenue[i];
            allDays += days[i];
        }
        FittedMoney perDay =
                FittedMoney.of(GammaGamma.fit(count, mean), allDays == 0 ? 0 : Math.max(0, money / allDays));
        double k = regularity.k();
        double knownK = Double.isNaN(k) ? 0 : k;
        String problem = flowProblem(n, regularity);
        if (problem != null) {
            return new FittedModels(List.of(), perDay, knownK, regularity.pairs(), problem);
        }
        DealFlowData data = DealFlowData.of(x, recency, age);
        return new FittedModels(
                List.of(
                        FittedFlow.of(MbgNbd.fit(data)),
                        FittedFlow.of(BgNbd.fit(data)),
                        FittedFlow.of(ParetoNbd.fit(data))),
                perDay,
                knownK,
                regularity.pairs(),
                null);
    }

    private static @Nullable String flowProblem(int partners, Regularity regularity) {
        if (partners < FEWEST_PARTNERS) {
            return "only " + partners + " partners have sold, fewer than " + FEWEST_PARTNERS;
        }
        return regularity.tooRegular()
                ? String.format(
                        Locale.ROOT,
                        "deals come too regularly for a model of random buying (k = %.1f, over %.0f)",
                        regularity.k(),
                        Regularity.TRUSTED)
                : null;
    }

    /** Why a flow model cannot be used, null where it can. */
    public @Nullable String problem(String name) {
        FittedFlow flow = flow(name);
        return flow == null ? (flowProblem == null ? name + " was not fitted" : flowProblem) : flow.problem();
    }

    /** The fitted flow of a name, null where it was not fitted. */
    public @Nullable FittedFlow flow(String name) {
        for (FittedFlow flow : flows) {
            if (flow.name().equals(name)) {
                return flow;
            }
        }
        return null;
    }

    /** The first sound flow (MBG/NBD before BG/NBD before Pareto/NBD), null where none is. */
    public @Nullable FittedFlow soundFlow() {
        for (FittedFlow flow : flows) {
            if (flow.sound()) {
                return flow;
            }
        }
        return null;
    }
}
