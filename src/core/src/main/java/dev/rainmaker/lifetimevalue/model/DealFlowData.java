package dev.rainmaker.lifetimevalue.model;

import java.util.Arrays;

/**
 * Grouped sufficient statistics of deal flow for a fit: how many partners have the same repeats x, recency t_x and age T. Times
 * and repeat counts that recur are held once, so a likelihood computes each logarithm once.
 */
public final class DealFlowData {

    final int[] repeats;
    final double[] times;
    final int[] groupRepeats;
    final int[] groupRecency;
    final int[] groupAge;
    final double[] groupWeight;
    private final double partners;

    private DealFlowData(
            int[] repeats,
            double[] times,
            int[] groupRepeats,
            int[] groupRecency,
            int[] groupAge,
            double[] groupWeight) {
        this.repeats = repeats;
        this.times = times;
        this.groupRepeats = groupRepeats;
        this.groupRecency = groupRecency;
        this.groupAge = groupAge;
        this.groupWeight = groupWeight;
        this.partners = Arrays.stream(groupWeight).sum();
    }

    /**
     * Groups partners.
     *
     * @param x repeats, at least 0
     * @param recency weeks from the first to the last deal day, 0 where x = 0
     * @param age weeks from the first deal day to the as-of day, at least the recency
     * @throws IllegalArgumentException naming the first partner (by position) that breaks these rules
     */
    public static DealFlowData of(int[] x, double[] recency, double[] age) {
        int n = x.length;
        if (recency.length != n || age.length != n) {
            throw new IllegalArgumentException("x, recency and age must be equally long");
        }
        for (int i = 0; i < n; i++) {
            if (x[i] < 0 || !(recency[i] >= 0) || !(age[i] >= recency[i]) || Double.isInfinite(age[i])) {
                throw new IllegalArgumentException("partner " + i + " has x = " + x[i] + ", recency = " + recency[i]
                        + ", age = " + age[i] + "; need x >= 0 and 0 <= recency <= age");
            }
        }
        double[] times = distinct(recency, age);
        int[] repeats = Arrays.stream(x).sorted().distinct().toArray();
        return grouped(x, recency, age, times, repeats);
    }

    private static DealFlowData grouped(int[] x, double[] recency, double[] age, double[] times, int[] repeats) {
        int n = x.length;
        if ((double) repeats.length * times.length * times.length > 0x1p62) {
            throw new IllegalArgumentException("too many different times to group");
        }
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            long xi = Arrays.binarySearch(repeats, x[i]);
            long ri = x[i] == 0 ? 0 : Arrays.binarySearch(times, recency[i]);
            long ai = Arrays.binarySearch(times, age[i]);
            keys[i] = (xi * times.length + ri) * times.length + ai;
        }
        Arrays.sort(keys);
        int groups = 0;
        int[] gx = new int[n];
        int[] gr = new int[n];
        int[] ga = new int[n];
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                ga[groups] = (int) (keys[i] % times.length);
                gr[groups] = (int) (keys[i] / times.length % times.length);
                gx[groups] = (int) (keys[i] / times.length / times.length);
                groups++;
            }
            weight[groups - 1]++;
        }
        return new DealFlowData(
                repeats,
                times,
                Arrays.copyOf(gx, groups),
                Arrays.copyOf(gr, groups),
                Arrays.copyOf(ga, groups),
                Arrays.copyOf(weight, groups));
    }

    private static double[] distinct(double[] recency, double[] age) {
        double[] all = new double[recency.length + age.length + 1];
        System.arraycopy(recency, 0, all, 1, recency.length);
        System.arraycopy(age, 0, all, 1 + recency.length, age.length);
        Arrays.sort(all);
        int kept = 1;
        for (int i = 1; i < all.length; i++) {
            if (all[i] != all[kept - 1]) {
                all[kept++] = all[i];
            }
        }
        return Arrays.copyOf(all, kept);
    }

    /** How many partners. */
    public double partners() {
        return partners;
    }

    /** Every {@code step}-th group, with the times that these have. */
    DealFlowData sample(int step) {
        int n = (groups() + step - 1) / step;
        int[] gx = new int[n];
        int[] gr = new int[n];
        int[] ga = new int[n];
        double[] weight = new double[n];
        int[] place = new int[times.length];
        for (int k = 0; k < n; k++) {
            gx[k] = groupRepeats[k * step];
            place[groupRecency[k * step]] = 1;
            place[groupAge[k * step]] = 1;
            weight[k] = groupWeight[k * step];
        }
        double[] kept = new double[times.length];
        int found = 0;
        for (int t = 0; t < times.length; t++) {
            if (place[t] > 0) {
                kept[found] = times[t];
                place[t] = found++;
            }
        }
        for (int k = 0; k < n; k++) {
            gr[k] = place[groupRecency[k * step]];
            ga[k] = place[groupAge[k * step]];
        }
        return new DealFlowData(repeats, Arrays.copyOf(kept, found), gx, gr, ga, weight);
    }

    int groups() {
        return groupWeight.length;
    }

    /** Repeats per week of age over all partners together; a starting value for rates. */
    double meanRate() {
        double deals = 0;
        double weeks = 0;
        for (int g = 0; g < groups(); g++) {
            deals += groupWeight[g] * repeats[groupRepeats[g]];
            weeks += groupWeight[g] * times[groupAge[g]];
        }
        return deals > 0 && weeks > 0 ? deals / weeks : Double.NaN;
    }

    double meanAge() {
        double weeks = 0;
        for (int g = 0; g < groups(); g++) {
            weeks += groupWeight[g] * times[groupAge[g]];
        }
        return weeks / partners;
    }
}
