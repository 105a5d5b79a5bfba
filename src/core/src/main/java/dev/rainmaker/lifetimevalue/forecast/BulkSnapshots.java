package dev.rainmaker.lifetimevalue.forecast;

/** Folds columns of deals in any order into one {@link Snapshot} per partner. */
public final class BulkSnapshots {

    /** Takes the snapshot of a partner number. */
    public interface Sink {
        void accept(int partner, Snapshot snapshot);
    }

    private BulkSnapshots() {}

    /**
     * Folds.
     *
     * @param partners how many there are
     * @param partner number of each deal's partner, 0..partners-1, in any order
     * @param day epoch day of each deal; later ones than {@code asOfDay} are not looked at
     * @param amount negative for a refund
     * @param observed how far the data reach back
     */
    public static void each(
            int partners,
            int[] partner,
            int[] day,
            double[] amount,
            int asOfDay,
            int horizonDays,
            ObservedTime observed,
            Sink sink) {
        int n = partner.length;
        int[] start = new int[partners + 1];
        boolean grouped = true;
        for (int i = 0; i < n; i++) {
            start[partner[i] + 1]++;
            grouped &= i == 0 || partner[i] >= partner[i - 1];
        }
        for (int p = 0; p < partners; p++) {
            start[p + 1] += start[p];
        }
        int[] days = day;
        double[] amounts = amount;
        if (!grouped) {
            days = new int[n];
            amounts = new double[n];
            int[] next = java.util.Arrays.copyOf(start, partners);
            for (int i = 0; i < n; i++) {
                int at = next[partner[i]]++;
                days[at] = day[i];
                amounts[at] = amount[i];
            }
        }
        Folder folder = new Folder(asOfDay, horizonDays, observed);
        for (int p = 0; p < partners; p++) {
            sink.accept(p, folder.fold(days, amounts, start[p], start[p + 1]));
        }
    }

    /** Folds the deals of one partner. */
    private static final class Folder {
        private final int asOfDay;
        private final int horizonDays;
        private final ObservedTime observed;
        private final double[] decayFactors;
        private final Decay[] decays =
                ForecastMethod.HALF_LIVES.stream().map(Decay::of).toArray(Decay[]::new);
        private long[] order = new long[64];

        Folder(int asOfDay, int horizonDays, ObservedTime observed) {
            this.asOfDay = asOfDay;
            this.observed = observed;
            this.decayFactors = observed.ofDecays(ForecastMethod.HALF_LIVES);
            this.horizonDays = horizonDays;
        }

        Snapshot fold(int[] days, double[] amounts, int from, int to) {
            boolean sorted = true;
            for (int i = from + 1; i < to; i++) {
                sorted &= days[i] >= days[i - 1];
            }
            if (!sorted) {
                sortOrder(days, from, to);
            }
            int count = 0;
            int first = 0;
            int last = 0;
            int recentDays = 0;
            double sum = 0;
            double period = 0;
            double quarter = 0;
            double year = 0;
            double[] rates = new double[decays.length];
            for (int k = from; k < to; k++) {
                int i = sorted ? k : (int) order[k - from];
                int day = days[i];
                double money = amounts[i];
                int ago = asOfDay - day;
                if (ago < 0) {
                    continue;
                }
                sum += money;
                period += ago < horizonDays ? money : 0;
                quarter += ago < 90 ? money : 0;
                year += ago < 365 ? money : 0;
                for (int h = 0; h < rates.length; h++) {
                    rates[h] += money * decays[h].after(ago);
                }
                if (money >= 0 && (count == 0 || day != last)) {
                    first = count == 0 ? day : first;
                    last = day;
                    count++;
                    recentDays += ago < horizonDays ? 1 : 0;
                }
            }
            for (int h = 0; h < rates.length; h++) {
                rates[h] *= decayFactors[h];
            }
            return new Snapshot(
                    count,
                    last - first,
                    count == 0 ? 0 : asOfDay - first,
                    sum,
                    rates,
                    period * observed.ofWindow(horizonDays),
                    quarter * observed.ofWindow(90),
                    year * observed.ofWindow(365),
                    recentDays);
        }

        /** Positions sorted by day: the day in the high half, the position in the low half. */
        private void sortOrder(int[] days, int from, int to) {
            int n = to - from;
            if (order.length < n) {
                order = new long[n + (n >> 1)];
            }
            for (int k = 0; k < n; k++) {
                order[k] = (long) days[from + k] << 32 | (from + k);
            }
            java.util.Arrays.sort(order, 0, n);
        }
    }
}
