package dev.rainmaker.lifetimevalue.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows into {@link Transactions}. A row that cannot be used is kept as {@link Transactions.Rejected} and stops nothing.
 *
 * <p>Currencies: all rows become the reporting currency, by the given rates. Without a stated one it is the currency of most rows.
 * A row in a currency without a rate is rejected: adding euros to dollars would be wrong in silence. A row without a currency is
 * taken to be in the reporting currency.
 */
public final class TransactionsBuilder {

    /** So many rows are sorted where they lie; of more, by the library. */
    private static final int FEW = 64;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> currencies = new TreeMap<>();
    private final List<String> currencyNames = new ArrayList<>();
    private final List<Transactions.Rejected> rejected = new ArrayList<>();
    private final Map<String, Double> rates = new TreeMap<>();
    private @Nullable String reporting;
    private boolean anyMargin;
    private int size;
    private long[] line = new long[64];
    private int[] partner = new int[64];
    private int[] day = new int[64];
    private double[] amount = new double[64];
    private double[] margin = new double[64];
    private int[] currency = new int[64];

    TransactionsBuilder() {}

    /** States the reporting currency. */
    public TransactionsBuilder in(String reportingCurrency) {
        reporting = reportingCurrency;
        return this;
    }

    /** One unit of {@code from} is {@code rate} units of the reporting currency. */
    public TransactionsBuilder rate(String from, double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("the rate of " + from + " must be positive, not " + rate);
        }
        rates.put(from, rate);
        return this;
    }

    /**
     * Adds a row.
     *
     * @param atLine line in the source, for messages
     * @param rowMargin null where unknown
     * @param rowCurrency null where not stated
     */
    public TransactionsBuilder add(
            long atLine,
            @Nullable String partnerId,
            LocalDate date,
            double rowAmount,
            @Nullable Double rowMargin,
            @Nullable String rowCurrency) {
        return add(
                atLine,
                partnerId,
                Math.toIntExact(date.toEpochDay()),
                rowAmount,
                rowMargin == null ? Double.NaN : broken(rowMargin) ? Double.POSITIVE_INFINITY : rowMargin,
                rowCurrency);
    }

    /**
     * Adds a row without objects.
     *
     * @param epochDay days since 1970-01-01
     * @param rowMargin NaN where unknown
     */
    public TransactionsBuilder add(
            long atLine,
            @Nullable String partnerId,
            int epochDay,
            double rowAmount,
            double rowMargin,
            @Nullable String rowCurrency) {
        if (partnerId == null || partnerId.isBlank()) {
            return reject(atLine, "partner_id is missing");
        }
        if (broken(rowAmount)) {
            return reject(atLine, "amount is not a finite number: " + rowAmount);
        }
        if (Double.isInfinite(rowMargin)) {
            return reject(atLine, "margin is not a finite number");
        }
        grow();
        line[size] = atLine;
        partner[size] = register(partnerId);
        day[size] = epochDay;
        amount[size] = rowAmount;
        margin[size] = rowMargin;
        anyMargin |= !Double.isNaN(rowMargin);
        currency[size] = rowCurrency == null || rowCurrency.isBlank() ? -1 : registerCurrency(rowCurrency);
        size++;
        return this;
    }

    private static boolean broken(double number) {
        return Double.isNaN(number) || Double.isInfinite(number);
    }

    /** Counts a row that could not even be read. */
    public TransactionsBuilder reject(long atLine, String reason) {
        rejected.add(new Transactions.Rejected(atLine, reason));
        return this;
    }

    private int register(String id) {
        Integer known = ids.get(id);
        if (known != null) {
            return known;
        }
        ids.put(id, names.size());
        names.add(id);
        return names.size() - 1;
    }

    private int registerCurrency(String written) {
        Integer known = currencies.get(written);
        if (known != null) {
            return known;
        }
        String code = written.strip().toUpperCase(java.util.Locale.ROOT);
        int number = currencyNames.indexOf(code);
        if (number < 0) {
            number = currencyNames.size();
            currencyNames.add(code);
        }
        currencies.put(written, number);
        return number;
    }

    private void grow() {
        if (size == day.length) {
            int more = size + (size >> 1);
            line = Arrays.copyOf(line, more);
            partner = Arrays.copyOf(partner, more);
            day = Arrays.copyOf(day, more);
            amount = Arrays.copyOf(amount, more);
            margin = Arrays.copyOf(margin, more);
            currency = Arrays.copyOf(currency, more);
        }
    }

    public Transactions build() {
        String into = reporting == null ? mostFrequentCurrency() : reporting;
        double[] factor = new double[currencyNames.size()];
        for (int c = 0; c < factor.length; c++) {
            String code = currencyNames.get(c);
            factor[c] = code.equals(into) ? 1 : rates.getOrDefault(code, Double.NaN);
        }
        int[] count = new int[names.size()];
        for (int i = 0; i < size; i++) {
            if (currency[i] >= 0 && Double.isNaN(factor[currency[i]])) {
                rejected.add(new Transactions.Rejected(
                        line[i], "currency " + currencyNames.get(currency[i]) + " has no rate to " + into));
                partner[i] = -1;
            } else {
                count[partner[i]]++;
            }
        }
        rejected.sort(java.util.Comparator.comparingLong(Transactions.Rejected::line));
        return arranged(into, factor, count);
    }

    private String mostFrequentCurrency() {
        int[] rows = new int[currencyNames.size()];
        for (int i = 0; i < size; i++) {
            if (currency[i] >= 0) {
                rows[currency[i]]++;
            }
        }
        String best = "";
        int most = 0;
        for (int c = 0; c < rows.length; c++) {
            String code = currencyNames.get(c);
            if (rows[c] > most || (rows[c] == most && code.compareTo(best) < 0)) {
                most = rows[c];
                best = code;
            }
        }
        return best;
    }

    private Transactions arranged(String into, double[] factor, int[] count) {
        TreeSet<String> kept = new TreeSet<>();
        for (int p = 0; p < count.length; p++) {
            if (count[p] > 0) {
                kept.add(names.get(p));
            }
        }
        String[] sorted = kept.toArray(String[]::new);
        int[] position = new int[names.size()];
        int[] start = new int[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            int p = ids.getOrDefault(sorted[i], 0);
            position[p] = i;
            start[i + 1] = start[i] + count[p];
        }
        int rows = start[sorted.length];
        int[] next = start.clone();
        int[] origin = new int[rows];
        for (int i = 0; i < size; i++) {
            if (partner[i] >= 0) {
                origin[next[position[partner[i]]]++] = i;
            }
        }
        int[] days = new int[rows];
        double[] amounts = new double[rows];
        double[] margins = new double[anyMargin ? rows : 0];
        for (int i = 0; i < sorted.length; i++) {
            sortByDayThenAmount(origin, start[i], start[i + 1]);
            for (int row = start[i]; row < start[i + 1]; row++) {
                int from = origin[row];
                double rate = currency[from] < 0 ? 1 : factor[currency[from]];
                days[row] = day[from];
                amounts[row] = amount[from] * rate;
                if (anyMargin) {
                    margins[row] = margin[from] * rate;
                }
            }
        }
        return new Transactions(sorted, start, days, amounts, margins, into, rejected);
    }

    /** The order of rows in the source must not change a sum. */
    private void sortByDayThenAmount(int[] origin, int from, int to) {
        if (to - from <= FEW) {
            for (int i = from + 1; i < to; i++) {
                int row = origin[i];
                int at = i;
                while (at > from && compare(origin[at - 1], row) > 0) {
                    origin[at] = origin[at - 1];
                    at--;
                }
                origin[at] = row;
            }
            return;
        }
        Integer[] rows = new Integer[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = origin[from + i];
        }
        Arrays.sort(rows, this::compare);
        for (int i = 0; i < rows.length; i++) {
            origin[from + i] = rows[i];
        }
    }

    private int compare(int a, int b) {
        int byDay = Integer.compare(day[a], day[b]);
        if (byDay != 0) {
            return byDay;
        }
        int byAmount = Double.compare(amount[a], amount[b]);
        return byAmount != 0 ? byAmount : Double.compare(margin[a], margin[b]);
    }
}
