package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What top partners have in common: how much more often a trait is found in the top tenth by value than in the rest. Intervals are
 * 95% over all traits together (Bonferroni), so that some trait does not stand out by mere number of traits.
 *
 * @param trait in words, such as {@code type = Distributor}
 * @param shareOfTop share of the top tenth that has it
 * @param shareOfRest share of the others
 * @param logOdds logarithm of the odds ratio
 * @param lower95 low end of its interval
 * @param upper95 high end
 */
public record IdealProfile(
        String trait, double shareOfTop, double shareOfRest, double logOdds, double lower95, double upper95) {

    /** Whether the trait separates the top from the rest; otherwise nothing is established. */
    public boolean separates() {
        return lower95 > 0 || upper95 < 0;
    }

    /** Compares all traits; strongest evidence first. Traits say who they are, not why: this is no proof of cause. */
    public static List<IdealProfile> of(List<PartnerHistory> partners, Map<String, PlvResult> results, int asOfDay) {
        List<PartnerHistory> known = partners.stream()
                .filter(partner -> results.containsKey(partner.partner()))
                .sorted(Comparator.comparingDouble((PartnerHistory partner) -> -value(results, partner))
                        .thenComparing(PartnerHistory::partner))
                .toList();
        int top = Math.max(1, known.size() / 10);
        double medianTenure = median(known, partner -> asOfDay - partner.deals().firstDay());
        double medianEngagement =
                median(known, partner -> PartnerMetrics.engagementCount(partner.engagement(), asOfDay));
        Map<String, int[]> counts = new TreeMap<>();
        Set<String> common = new HashSet<>();
        for (int i = 0; i < known.size(); i++) {
            for (String trait : traits(known.get(i), asOfDay, medianTenure, medianEngagement)) {
                counts.computeIfAbsent(trait, any -> new int[2])[i < top ? 0 : 1]++;
            }
        }
        counts.forEach((trait, count) -> {
            if (count[0] + count[1] >= 5 && count[0] + count[1] < known.size()) {
                common.add(trait);
            }
        });
        double z = normalQuantile(0.025 / Math.max(1, common.size()));
        List<IdealProfile> result = new ArrayList<>();
        for (String trait : new TreeSet<>(common)) {
            int[] count = counts.getOrDefault(trait, new int[2]);
            result.add(compare(trait, count[0], top, count[1], known.size() - top, z));
        }
        result.sort(Comparator.comparingDouble(
                        (IdealProfile each) -> -StrictMath.abs(each.logOdds) / (each.upper95 - each.lower95))
                .thenComparing(IdealProfile::trait));
        return result;
    }

    private static double value(Map<String, PlvResult> results, PartnerHistory partner) {
        PlvResult result = results.get(partner.partner());
        return result == null ? 0 : result.value().expected();
    }

    private static IdealProfile compare(String trait, int inTop, int top, int inRest, int rest, double z) {
        double a = inTop + 0.5;
        double b = top - inTop + 0.5;
        double c = inRest + 0.5;
        double d = rest - inRest + 0.5;
        double logOdds = StrictMath.log(a * d / (b * c));
        double error = z * StrictMath.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
        return new IdealProfile(
                trait,
                (double) inTop / top,
                rest == 0 ? 0 : (double) inRest / rest,
                logOdds,
                logOdds - error,
                logOdds + error);
    }

    private static Set<String> traits(PartnerHistory partner, int asOfDay, double tenure, double engagement) {
        Set<String> traits = new TreeSet<>();
        PartnerTraits stated = partner.traits();
        if (stated.type() != null) {
            traits.add("type = " + stated.type());
        }
        if (stated.tier() != null) {
            traits.add("tier = " + stated.tier());
        }
        if (stated.territory() != null) {
            traits.add("territory = " + stated.territory());
        }
        stated.products().forEach(product -> traits.add("product = " + product));
        for (Certificate certificate : partner.certificates()) {
            if (certificate.validOn(asOfDay)) {
                traits.add("certificate = " + certificate.title());
            }
        }
        if (partner.deals().days() > 0 && asOfDay - partner.deals().firstDay() > tenure) {
            traits.add("sells for longer than the median partner");
        }
        if (PartnerMetrics.engagementCount(partner.engagement(), asOfDay) > engagement) {
            traits.add("more engaged than the median partner");
        }
        if (partner.initiative().sourced() * 2 > partner.initiative().all()) {
            traits.add("brings most of its business itself");
        }
        return traits;
    }

    private static double median(
            List<PartnerHistory> partners, java.util.function.ToDoubleFunction<PartnerHistory> metric) {
        double[] sorted = partners.stream().mapToDouble(metric).sorted().toArray();
        return sorted.length == 0 ? 0 : TermReference.quantile(sorted, 0, 0.5);
    }

    /** z with the given upper tail, by bisection on the complementary error function. */
    private static double normalQuantile(double tail) {
        double low = 0;
        double high = 10;
        for (int i = 0; i < 80; i++) {
            double z = (low + high) / 2;
            if (org.hipparchus.special.Erf.erfc(z / StrictMath.sqrt(2)) / 2 > tail) {
                low = z;
            } else {
                high = z;
            }
        }
        return low;
    }
}
