package dev.rainmaker.lifetimevalue;

import org.jspecify.annotations.Nullable;

/**
 * What a partner, or the programme, returned on its cost.
 *
 * @param margin earned over the period
 * @param cost of the programme for it over the same period
 * @param net margin less cost
 * @param perUnit net per unit of cost, null where nothing was spent
 */
public record ProgrammeReturn(
        double margin, double cost, double net, @Nullable Double perUnit) {

    public static ProgrammeReturn of(double margin, double cost) {
        if (!(cost >= 0)) {
            throw new IllegalArgumentException("cost must not be negative: " + cost);
        }
        return new ProgrammeReturn(
                margin, cost, margin - cost, cost > 0 ? Double.valueOf((margin - cost) / cost) : null);
    }
}
