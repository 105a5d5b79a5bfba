package dev.rainmaker.lifetimevalue;

import java.util.List;

/**
 * How likely a partner is to sell again, by its silence in units of its own usual gap between deals: the share of past partners of
 * such a silence that did, made never to rise. Used where deal flow is too regular, or partners too few, for a flow model.
 *
 * @param silences knots, in usual gaps, ascending
 * @param shares probability at each knot, never rising
 * @param usualGapDays median gap over all partners, for partners with one deal
 * @param partners that it was learned from; 0 = a stated curve
 */
public record Activity(List<Double> silences, List<Double> shares, double usualGapDays, int partners) {

    public Activity {
        silences = List.copyOf(silences);
        shares = List.copyOf(shares);
    }

    /** Without anything to learn from: certain up to one usual gap, half at three, nothing much from ten. */
    static Activity stated(double usualGapDays) {
        return new Activity(List.of(1.0, 3.0, 10.0), List.of(0.95, 0.5, 0.05), usualGapDays, 0);
    }

    /** A partner's usual gap: its own mean, shrunk towards the median of all by one gap. */
    double gap(int days, int recencyDays) {
        return Math.max(1, (recencyDays + usualGapDays) / Math.max(1, days));
    }

    double probability(int days, int recencyDays, int ageDays) {
        double silence = (ageDays - recencyDays) / gap(days, recencyDays);
        if (silence <= silences.get(0)) {
            return shares.get(0);
        }
        for (int i = 1; i < silences.size(); i++) {
            if (silence <= silences.get(i)) {
                double part = (silence - silences.get(i - 1)) / (silences.get(i) - silences.get(i - 1));
                return shares.get(i - 1) + part * (shares.get(i) - shares.get(i - 1));
            }
        }
        double last = silences.get(silences.size() - 1);
        return shares.get(shares.size() - 1) * last / silence;
    }
}
