package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts for partners that have not sold yet: what partners of their kind sell, those that never sold counted as nothing, shrunk
 * to all partners. The interval is the spread of the kind itself, so it is wide.
 */
final class Cohorts {

    private static final int FEWEST = 5;
    private static final double STRENGTH = 5;

    private final List<PartnerHistory> histories;
    private final double[] expected;
    private final double[] days;

    private Cohorts(List<PartnerHistory> histories, double[] expected, double[] days) {
        this.histories = histories;
        this.expected = expected;
        this.days = days;
    }

    /** One prior per kind, everybody first. {@code expected} is NaN for partners that have not sold. */
    static List<CohortPrior> of(List<PartnerHistory> histories, double[] expected, int asOfDay, int horizonDays) {
        double[] days = new double[expected.length];
        double[] revenue = new double[expected.length];
        for (int i = 0; i < expected.length; i++) {
            revenue[i] = Double.isNaN(expected[i]) ? 0 : expected[i];
            DealHistory deals = histories.get(i).deals();
            int age = Math.max(asOfDay, deals.lastDay()) - deals.firstDay() + 1;
            days[i] = deals.days() == 0 ? 0 : (double) deals.days() / Math.max(age, horizonDays) * horizonDays;
        }
        return new Cohorts(histories, revenue, days).all();
    }

    private List<CohortPrior> all() {
        List<Integer> everybody = new ArrayList<>();
        Map<String, List<Integer>> kinds = new TreeMap<>();
        for (int i = 0; i < histories.size(); i++) {
            everybody.add(i);
            PartnerTraits traits = histories.get(i).traits();
            for (int mask = 1; mask < 8; mask++) {
                if (has(traits, mask)) {
                    kinds.computeIfAbsent(key(traits, mask), any -> new ArrayList<>())
                            .add(i);
                }
            }
        }
        List<CohortPrior> result = new ArrayList<>();
        CohortPrior base = prior(everybody, 0, null);
        result.add(base);
        kinds.forEach((key, members) -> {
            if (members.size() >= FEWEST) {
                result.add(prior(members, key.charAt(0) - '0', base));
            }
        });
        return result;
    }

    private static boolean has(PartnerTraits traits, int mask) {
        return ((mask & 1) == 0 || traits.type() != null)
                && ((mask & 2) == 0 || traits.tier() != null)
                && ((mask & 4) == 0 || traits.territory() != null);
    }

    private static String key(PartnerTraits traits, int mask) {
        return mask
                + "\u0000" + ((mask & 1) == 0 ? "" : traits.type())
                + "\u0000" + ((mask & 2) == 0 ? "" : traits.tier())
                + "\u0000" + ((mask & 4) == 0 ? "" : traits.territory());
    }

    private CohortPrior prior(List<Integer> members, int mask, @Nullable CohortPrior base) {
        if (members.isEmpty()) {
            return new CohortPrior(null, null, null, 0, 0, 0, 0, 0);
        }
        PartnerTraits traits = histories.get(members.get(0)).traits();
        double[] values =
                members.stream().mapToDouble(i -> expected[i]).sorted().toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double flow = members.stream().mapToDouble(i -> days[i]).average().orElse(0);
        double n = members.size();
        double shrunk = base == null ? mean : (n * mean + STRENGTH * base.expectedRevenue()) / (n + STRENGTH);
        double shrunkFlow = base == null ? flow : (n * flow + STRENGTH * base.expectedDays()) / (n + STRENGTH);
        return new CohortPrior(
                (mask & 1) == 0 ? null : traits.type(),
                (mask & 2) == 0 ? null : traits.tier(),
                (mask & 4) == 0 ? null : traits.territory(),
                members.size(),
                shrunk,
                Math.min(shrunk, TermReference.quantile(values, 0, 0.1)),
                Math.max(shrunk, TermReference.quantile(values, 0, 0.9)),
                shrunkFlow);
    }
}
