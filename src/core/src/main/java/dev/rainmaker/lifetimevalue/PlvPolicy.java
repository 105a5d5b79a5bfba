package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the business decides about the partner lifetime value. The weights are judgement, not evidence.
 *
 * @param version names this policy in results
 * @param terms of the score; a term left out has no weight
 * @param horizonDays of the forecast, 7..1830
 * @param engagementHalfLifeDays after which an event of engagement counts half
 * @param leadWindowDays after which a lead that is not won counts as lost
 * @param yearlyDiscount for the residual lifetime value, above 0, such as 0.15
 * @param lowestAnswer low end of the satisfaction survey's scale
 * @param highestAnswer high end of it
 * @param geometric multiplies terms instead of adding them: a weak one cannot be bought off
 * @param scoreEpsilon the CRM is written only when the score moved by more points than this
 * @param valueEpsilon or the value by more than this share
 * @param weightCertainty concentration of the weights for rank intervals: the larger, the surer; above 0
 * @param requiredCertificates by tier and product; rules add up
 */
public record PlvPolicy(
        String version,
        Map<PlvTerm, TermPolicy> terms,
        int horizonDays,
        double engagementHalfLifeDays,
        int leadWindowDays,
        double yearlyDiscount,
        double lowestAnswer,
        double highestAnswer,
        boolean geometric,
        double scoreEpsilon,
        double valueEpsilon,
        double weightCertainty,
        List<RequiredCertificates> requiredCertificates,
        TierRule tiers) {

    public PlvPolicy {
        EnumMap<PlvTerm, TermPolicy> ordered = new EnumMap<>(PlvTerm.class);
        ordered.putAll(terms);
        terms = Collections.unmodifiableMap(ordered);
        requiredCertificates = List.copyOf(requiredCertificates);
        check(!version.isBlank(), "version must not be empty");
        BigDecimal sum = BigDecimal.ZERO;
        for (TermPolicy term : terms.values()) {
            sum = sum.add(term.weight());
        }
        check(
                sum.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.000001")) <= 0,
                "the weights must sum to 1, not " + sum.toPlainString());
        check(horizonDays >= 7 && horizonDays <= 1830, "horizon-days must be 7..1830, not " + horizonDays);
        check(engagementHalfLifeDays > 0, "engagement-half-life must be above 0, not " + engagementHalfLifeDays);
        check(leadWindowDays > 0, "lead-window-days must be above 0, not " + leadWindowDays);
        check(yearlyDiscount > 0, "yearly-discount must be above 0, not " + yearlyDiscount);
        check(
                highestAnswer > lowestAnswer,
                "the satisfaction scale must rise, not go from " + lowestAnswer + " to " + highestAnswer);
        check(scoreEpsilon >= 0 && valueEpsilon >= 0, "epsilons must not be negative");
        check(weightCertainty > 0, "weight-certainty must be above 0, not " + weightCertainty);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("plv policy: " + message);
        }
    }

    /** A starting point: margin-minded, with every term of {@link PlvTerm}. */
    public static PlvPolicy standard() {
        EnumMap<PlvTerm, TermPolicy> terms = new EnumMap<>(PlvTerm.class);
        terms.put(PlvTerm.VALUE, term("0.30", Normalisation.LOG_MIN_MAX, 4));
        terms.put(PlvTerm.FREQUENCY, term("0.10", Normalisation.LOG_MIN_MAX, 4));
        terms.put(PlvTerm.SIZE, term("0.05", Normalisation.LOG_MIN_MAX, 4));
        terms.put(PlvTerm.CONVERSION, term("0.20", Normalisation.PERCENTILE, 10));
        terms.put(PlvTerm.MARGIN, term("0.10", Normalisation.PERCENTILE, 5));
        terms.put(PlvTerm.ENGAGEMENT, term("0.10", Normalisation.MIN_MAX, 3));
        terms.put(PlvTerm.CERTIFICATION, term("0.05", Normalisation.SCALE, 1));
        terms.put(PlvTerm.SATISFACTION, term("0.05", Normalisation.SCALE, 5));
        terms.put(PlvTerm.INITIATIVE, term("0.05", Normalisation.PERCENTILE, 5));
        return new PlvPolicy(
                "standard",
                terms,
                180,
                90,
                90,
                0.15,
                1,
                5,
                false,
                1.0,
                0.05,
                30,
                List.of(),
                new TierRule(
                        List.of(
                                new TierRule.Tier("Platinum", 80),
                                new TierRule.Tier("Gold", 60),
                                new TierRule.Tier("Silver", 40),
                                new TierRule.Tier("Registered", 0)),
                        3));
    }

    private static TermPolicy term(String weight, Normalisation normalisation, double priorStrength) {
        return new TermPolicy(new BigDecimal(weight), true, normalisation, priorStrength);
    }

    public PlvPolicy withHorizonDays(int days) {
        return new PlvPolicy(
                version,
                terms,
                days,
                engagementHalfLifeDays,
                leadWindowDays,
                yearlyDiscount,
                lowestAnswer,
                highestAnswer,
                geometric,
                scoreEpsilon,
                valueEpsilon,
                weightCertainty,
                requiredCertificates,
                tiers);
    }

    public PlvPolicy withTerms(Map<PlvTerm, TermPolicy> changed) {
        return new PlvPolicy(
                version,
                changed,
                horizonDays,
                engagementHalfLifeDays,
                leadWindowDays,
                yearlyDiscount,
                lowestAnswer,
                highestAnswer,
                geometric,
                scoreEpsilon,
                valueEpsilon,
                weightCertainty,
                requiredCertificates,
                tiers);
    }

    /** Titles that a partner of these traits must hold. */
    public Set<String> certificatesRequiredOf(PartnerTraits partner) {
        Set<String> titles = new TreeSet<>();
        for (RequiredCertificates rule : requiredCertificates) {
            if (rule.appliesTo(partner)) {
                titles.addAll(rule.titles());
            }
        }
        return titles;
    }
}
