package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.model.BetaBinomial;
import dev.rainmaker.lifetimevalue.model.NormalNormal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Priors of everything that is not deal flow: what partners have in common in rates and means. */
record Learned(
        RatePrior conversion,
        Map<String, Double> leadClasses,
        double adjustmentStrength,
        MeanPrior marginRate,
        MeanPrior satisfaction,
        RatePrior initiative,
        Map<String, LeadCounts> leadTotals,
        SkillPrior skill) {

    static Learned from(Collection<PartnerHistory> histories) {
        int n = histories.size();
        double[] won = new double[n];
        double[] worked = new double[n];
        double[] sourced = new double[n];
        double[] opportunities = new double[n];
        double[][] answers = new double[3][n];
        double[][] rates = new double[3][n];
        double[] marginMeans = new double[n];
        double[] answerMeans = new double[n];
        Map<String, LeadCounts> totals = new TreeMap<>();
        int i = 0;
        for (PartnerHistory history : histories) {
            LeadCounts leads = history.allLeads();
            won[i] = leads.won();
            worked[i] = leads.worked();
            sourced[i] = history.initiative().sourced();
            opportunities[i] = history.initiative().all();
            fill(answers, i, history.satisfaction());
            answerMeans[i] =
                    history.satisfaction().n() == 0 ? 0 : history.satisfaction().mean();
            DealHistory deals = history.deals();
            double known = deals.marginRevenue().value();
            if (known > 0) {
                fill(rates, i, deals.marginRates());
                marginMeans[i] = Math.max(-1, Math.min(1, deals.margin().value() / known));
            }
            history.leads()
                    .forEach((name, counts) -> totals.merge(
                            name,
                            counts,
                            (a, b) -> new LeadCounts(a.won() + b.won(), a.lost() + b.lost(), a.open() + b.open())));
            i++;
        }
        RatePrior conversion = RatePrior.of(BetaBinomial.fit(won, worked));
        Map<String, Double> classRates = new TreeMap<>();
        totals.forEach((name, all) -> {
            if (all.worked() > 0) {
                classRates.put(name, Conversion.rateOfOthers(LeadCounts.NONE, all, conversion.mean()));
            }
        });
        return new Learned(
                conversion,
                classRates,
                Math.max(1, (conversion.alpha() + conversion.beta()) * conversion.mean()),
                MeanPrior.of(NormalNormal.fit(
                        marginMeans, rates[0], NormalNormal.pooledWithin(rates[0], rates[1], rates[2]))),
                MeanPrior.of(NormalNormal.fit(
                        answerMeans, answers[0], NormalNormal.pooledWithin(answers[0], answers[1], answers[2]))),
                RatePrior.of(BetaBinomial.fit(sourced, opportunities)),
                totals,
                skill(histories, totals, conversion.mean()));
    }

    private static SkillPrior skill(
            Collection<PartnerHistory> histories, Map<String, LeadCounts> totals, double common) {
        int n = histories.size();
        double[] wins = new double[n];
        double[] expected = new double[n];
        double[] variance = new double[n];
        int i = 0;
        for (PartnerHistory history : histories) {
            for (Map.Entry<String, LeadCounts> entry : history.leads().entrySet()) {
                LeadCounts own = entry.getValue();
                double p = Conversion.rateOfOthers(own, totals.getOrDefault(entry.getKey(), LeadCounts.NONE), common);
                wins[i] += own.won();
                expected[i] += own.worked() * p;
                variance[i] += own.worked() * p * (1 - p);
            }
            i++;
        }
        return SkillPrior.of(wins, expected, variance);
    }

    private static void fill(double[][] into, int i, Moments moments) {
        into[0][i] = moments.n();
        into[1][i] = moments.sum();
        into[2][i] = moments.sumOfSquares();
    }
}
