package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.Snapshot;
import dev.rainmaker.lifetimevalue.forecast.SnapshotTable;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final int MOST_KNOTS = 8;
    private static final int FEWEST_PER_KNOT = 20;

    public Activity {
        silences = List.copyOf(silences);
        shares = List.copyOf(shares);
    }

    /** Without anything to learn from: certain up to one usual gap, half at three, nothing much from ten. */
    static Activity stated(double usualGapDays) {
        return new Activity(List.of(1.0, 3.0, 10.0), List.of(0.95, 0.5, 0.05), usualGapDays, 0);
    }

    /** Learned from the partners of one horizon ago: who sold again since, by silence. */
    static Activity learn(Transactions deals, int asOfDay, int horizonDays, double usualGapDays) {
        SnapshotTable then = new SnapshotTable(deals, asOfDay - horizonDays, horizonDays);
        if (then.size() < 2 * FEWEST_PER_KNOT) {
            return stated(usualGapDays);
        }
        Activity scale = stated(usualGapDays);
        List<double[]> seen = new ArrayList<>();
        for (int i = 0; i < then.size(); i++) {
            Snapshot partner = then.snapshot(i);
            double silence =
                    (partner.ageDays() - partner.recencyDays()) / scale.gap(partner.days(), partner.recencyDays());
            seen.add(new double[] {silence, then.outcome(i) > 0 ? 1 : 0});
        }
        seen.sort(Comparator.comparingDouble(pair -> pair[0]));
        int knots = Math.min(MOST_KNOTS, seen.size() / FEWEST_PER_KNOT);
        List<double[]> blocks = new ArrayList<>();
        for (int k = 0; k < knots; k++) {
            double[] block = new double[3];
            for (double[] pair : seen.subList(seen.size() * k / knots, seen.size() * (k + 1) / knots)) {
                block[0] += pair[0];
                block[1] += pair[1];
                block[2]++;
            }
            blocks.add(block);
            merge(blocks);
        }
        return new Activity(
                blocks.stream().map(block -> block[0] / block[2]).toList(),
                blocks.stream().map(block -> (block[1] + 0.5) / (block[2] + 1)).toList(),
                usualGapDays,
                then.size());
    }

    /** Pools neighbours while the later one sold more often (pool adjacent violators). */
    private static void merge(List<double[]> blocks) {
        while (blocks.size() > 1) {
            double[] last = blocks.get(blocks.size() - 1);
            double[] before = blocks.get(blocks.size() - 2);
            boolean falls = (last[1] + 0.5) / (last[2] + 1) < (before[1] + 0.5) / (before[2] + 1);
            if (falls && last[0] / last[2] > before[0] / before[2]) {
                return;
            }
            for (int i = 0; i < 3; i++) {
                before[i] += last[i];
            }
            blocks.remove(blocks.size() - 1);
        }
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
