package dev.rainmaker.lifetimevalue.forecast;

import dev.rainmaker.lifetimevalue.model.Regularity;
import java.util.Arrays;

/**
 * All partners as one as-of day sees them, in columns, with what they sold in the horizon after it (for a backtest). Only partners
 * with a deal day up to the as-of day are in it.
 */
public final class SnapshotTable {

    private final int size;
    private final int[] partner;
    private final int[] days;
    private final int[] firstDay;
    private final int[] lastDay;
    private final int asOfDay;
    private final double[] revenue;
    private final double[][] runRates;
    private final double[] lastPeriod;
    private final double[] last90;
    private final double[] last365;
    private final int[] daysInLastPeriod;
    private final double[] outcome;
    private final double periodFactor;
    private final double quarterFactor;
    private final double yearFactor;
    private final double[] decayFactors;
    private final Regularity regularity = new Regularity();

    /**
     * Looks at all partners.
     *
     * @param asOfDay inclusive epoch day
     * @param horizonDays length of the last period and of the outcome
     */
    public SnapshotTable(Transactions deals, int asOfDay, int horizonDays) {
        int n = deals.partners();
        this.asOfDay = asOfDay;
        partner = new int[n];
        days = new int[n];
        firstDay = new int[n];
        lastDay = new int[n];
        revenue = new double[n];
        runRates = new double[ForecastMethod.HALF_LIVES.size()][n];
        lastPeriod = new double[n];
        last90 = new double[n];
        last365 = new double[n];
        daysInLastPeriod = new int[n];
        outcome = new double[n];
        ObservedTime observed = deals.size() == 0
                ? ObservedTime.LONG
                : ObservedTime.between((int) deals.firstDate().toEpochDay(), asOfDay);
        periodFactor = observed.ofWindow(horizonDays);
        quarterFactor = observed.ofWindow(90);
        yearFactor = observed.ofWindow(365);
        decayFactors = observed.ofDecays(ForecastMethod.HALF_LIVES);
        Decay[] decays = ForecastMethod.HALF_LIVES.stream().map(Decay::of).toArray(Decay[]::new);
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (look(deals, i, kept, horizonDays, decays)) {
                partner[kept++] = i;
            }
        }
        size = kept;
    }

    private boolean look(Transactions deals, int i, int at, int horizonDays, Decay[] decays) {
        int before = 0;
        int last = 0;
        int count = 0;
        double sum = 0;
        double future = 0;
        double period = 0;
        double quarter = 0;
        double year = 0;
        int recentDays = 0;
        int first = 0;
        for (double[] rate : runRates) {
            rate[at] = 0;
        }
        for (int row = deals.start(i); row < deals.start(i + 1); row++) {
            int day = deals.day(row);
            double money = deals.amount(row);
            if (day > asOfDay) {
                future += day <= asOfDay + horizonDays ? money : 0;
                continue;
            }
            int ago = asOfDay - day;
            sum += money;
            period += ago < horizonDays ? money : 0;
            quarter += ago < 90 ? money : 0;
            year += ago < 365 ? money : 0;
            for (int h = 0; h < decays.length; h++) {
                runRates[h][at] += money * decays[h].after(ago);
            }
            if (money >= 0 && (count == 0 || day != last)) {
                // Every second pair only: pairs that share a gap are not independent evidence.
                if (count >= 2 && count % 2 == 0) {
                    regularity.add(last - before, day - last);
                }
                first = count == 0 ? day : first;
                before = last;
                last = day;
                count++;
                recentDays += ago < horizonDays ? 1 : 0;
            }
        }
        days[at] = count;
        firstDay[at] = first;
        lastDay[at] = last;
        revenue[at] = sum;
        lastPeriod[at] = period;
        last90[at] = quarter;
        last365[at] = year;
        daysInLastPeriod[at] = recentDays;
        outcome[at] = future;
        return count > 0;
    }

    /** How many partners had sold. */
    public int size() {
        return size;
    }

    /** How regular deal days were. */
    public Regularity regularity() {
        return regularity;
    }

    /** Position of the i-th row's partner in the transactions. */
    public int partner(int i) {
        return partner[i];
    }

    /** Revenue of the i-th row's partner in the horizon after the as-of day. */
    public double outcome(int i) {
        return outcome[i];
    }

    public Snapshot snapshot(int i) {
        double[] rates = new double[runRates.length];
        for (int h = 0; h < rates.length; h++) {
            rates[h] = runRates[h][i] * decayFactors[h];
        }
        return new Snapshot(
                days[i],
                lastDay[i] - firstDay[i],
                asOfDay - firstDay[i],
                revenue[i],
                rates,
                lastPeriod[i] * periodFactor,
                last90[i] * quarterFactor,
                last365[i] * yearFactor,
                daysInLastPeriod[i]);
    }

    /**
     * Fits the models to these partners; of more than {@code most}, to an even sample.
     *
     * @param most partners that a fit needs at most
     */
    public FittedModels fit(int most) {
        int step = Math.max(1, (size + most - 1) / most);
        int n = (size + step - 1) / step;
        int[] sampledDays = new int[n];
        int[] recency = new int[n];
        int[] age = new int[n];
        double[] money = new double[n];
        for (int k = 0; k < n; k++) {
            int i = k * step;
            sampledDays[k] = days[i];
            recency[k] = lastDay[i] - firstDay[i];
            age[k] = asOfDay - firstDay[i];
            money[k] = revenue[i];
        }
        return FittedModels.fit(sampledDays, recency, age, money, regularity);
    }

    /** Forecasts of all partners. */
    public double[] forecast(ForecastMethod method, FittedModels models, int horizonDays) {
        double[] result = new double[size];
        Arrays.setAll(result, i -> method.revenue(snapshot(i), models, horizonDays));
        return result;
    }

    double[] outcomes() {
        return Arrays.copyOf(outcome, size);
    }
}
