package dev.rainmaker.lifetimevalue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Takes the reference distribution. */
final class Freeze {

    private Freeze() {}

    static ReferenceDistribution freeze(
            Collection<PartnerHistory> histories, PlvModel model, PlvPolicy policy, LocalDate asOf, String version) {
        int terms = PlvTerm.values().length;
        double[][] values = new double[terms][histories.size()];
        int[] counts = new int[terms];
        boolean engaged = false;
        for (PartnerHistory history : histories) {
            PartnerMetrics metrics = PartnerMetrics.of(history, model, policy, asOf);
            engaged |= !history.engagement().isEmpty();
            for (int t = 0; t < terms; t++) {
                double raw = metrics.raw()[t];
                boolean own = metrics.observations()[t] > 0 || t == PlvTerm.ENGAGEMENT.ordinal();
                if (own && !Double.isNaN(raw)) {
                    values[t][counts[t]++] = raw;
                }
            }
        }
        if (!engaged) {
            counts[PlvTerm.ENGAGEMENT.ordinal()] = 0;
        }
        Map<PlvTerm, TermReference> result = new EnumMap<>(PlvTerm.class);
        for (PlvTerm term : PlvTerm.values()) {
            double[] observed = Arrays.copyOf(values[term.ordinal()], counts[term.ordinal()]);
            result.put(term, TermReference.of(term, observed, prior(term, observed, model), established(term, model)));
        }
        return new ReferenceDistribution(version, model.version(), asOf, histories.size(), result);
    }

    private static double prior(PlvTerm term, double[] observed, PlvModel model) {
        return switch (term) {
            case CONVERSION -> model.conversion().mean();
            case MARGIN -> model.marginRate().mean();
            case SATISFACTION -> model.satisfaction().mean();
            case INITIATIVE -> model.initiative().mean();
            default -> Arrays.stream(observed).average().orElse(0);
        };
    }

    private static boolean established(PlvTerm term, PlvModel model) {
        return switch (term) {
            case CONVERSION -> model.conversionEstablished();
            case INITIATIVE -> model.initiative().established();
            case MARGIN -> model.marginRate().established();
            default -> true;
        };
    }
}
