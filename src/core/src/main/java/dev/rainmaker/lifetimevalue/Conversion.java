package dev.rainmaker.lifetimevalue;

import java.util.Map;

/**
 * The conversion of one partner's leads under a model.
 *
 * @param expectedWins of an average partner of the same leads; this partner left out where the model knows its share
 * @param skill wins against these, shrunk; 1 is average
 * @param rate the metric of the score: with several lead classes skill times the common rate, else the shrunk rate
 */
record Conversion(double expectedWins, double skill, double rate) {

    static Conversion of(PartnerHistory partner, PlvModel model) {
        LeadCounts all = partner.allLeads();
        double common = model.conversion().mean();
        double expected = expectedWins(partner.leads(), model.leadTotals(), model.leadClasses(), common);
        SkillPrior prior = model.skill();
        double skill = prior == null
                ? (all.won() + model.adjustmentStrength()) / (expected + model.adjustmentStrength())
                : prior.skill(all.won(), expected);
        double rate = model.adjustsConversion()
                ? Math.min(1, skill * common)
                : model.conversion().mean(all.won(), all.worked());
        return new Conversion(expected, skill, rate);
    }

    /** Wins that an average partner would have made of these leads: each class by the other partners' rate. */
    static double expectedWins(
            Map<String, LeadCounts> leads,
            Map<String, LeadCounts> totals,
            Map<String, Double> rates,
            double otherwise) {
        double sum = 0;
        for (Map.Entry<String, LeadCounts> entry : leads.entrySet()) {
            LeadCounts own = entry.getValue();
            LeadCounts all = totals.get(entry.getKey());
            sum += own.worked()
                    * (all == null ? rates.getOrDefault(entry.getKey(), otherwise) : rateOfOthers(own, all, otherwise));
        }
        return sum;
    }

    /** Rate of a class without one partner's leads; one lead's worth of the common rate keeps it from never and always. */
    static double rateOfOthers(LeadCounts own, LeadCounts all, double common) {
        double won = Math.max(0, all.won() - own.won());
        double worked = Math.max(won, all.worked() - own.worked());
        return (won + common) / (worked + 1);
    }
}
