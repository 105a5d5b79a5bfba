package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A partner's chance to win a lead as Beta(alpha, beta), and its margin: shrunk to what partners have in common, and with the
 * difficulty of its leads taken out where there is more than one class of them. The mean m is the conversion of the score:
 *
 * <pre>
 * alpha = m n    beta = (1 - m) n    n = prior alpha + prior beta + worked leads
 * with lead classes:                 n = (wins + prior strength)(1 - m)/m
 * </pre>
 *
 * the latter giving the chance the relative spread of the skill, whose posterior is a Gamma with shape wins + strength.
 *
 * @param alpha positive
 * @param beta positive
 * @param meanByClass mean of the chance per lead class, where leads have classes, in (0, 1)
 * @param marginRate margin per unit of revenue, 1 where margin is unknown
 */
public record WinningOdds(
        BigDecimal alpha, BigDecimal beta, Map<String, BigDecimal> meanByClass, BigDecimal marginRate) {

    /** A chance is kept this far from never and always. */
    private static final double EDGE = 1e-3;

    public WinningOdds {
        meanByClass = Collections.unmodifiableMap(new TreeMap<>(meanByClass));
    }

    static WinningOdds of(PartnerHistory history, PlvModel model) {
        Conversion conversion = Conversion.of(history, model);
        double mean = within(conversion.rate());
        double weight = weight(history.allLeads(), mean, model);
        Map<String, BigDecimal> byClass = new TreeMap<>();
        if (model.adjustsConversion()) {
            model.leadClasses().forEach((name, rate) -> byClass.put(name, rounded(within(conversion.skill() * rate))));
        }
        double margin = model.knowsMargin() ? StrictMath.max(0, PartnerMetrics.marginRate(history, model)) : 1;
        return new WinningOdds(rounded(mean * weight), rounded((1 - mean) * weight), byClass, rounded(margin));
    }

    private static double weight(LeadCounts leads, double mean, PlvModel model) {
        SkillPrior skill = model.skill();
        return model.adjustsConversion() && skill != null
                ? (leads.won() + skill.strength()) * (1 - mean) / mean
                : model.conversion().alpha() + model.conversion().beta() + leads.worked();
    }

    private static double within(double rate) {
        return StrictMath.min(1 - EDGE, StrictMath.max(EDGE, rate));
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN);
    }
}
