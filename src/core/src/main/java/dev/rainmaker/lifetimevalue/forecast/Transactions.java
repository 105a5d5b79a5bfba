package dev.rainmaker.lifetimevalue.forecast;

import java.time.LocalDate;
import java.util.List;

/**
 * Won deals of many partners, by partner and day: what a backtest and a fit read. Partners are sorted by id.
 *
 * <p>A negative amount is a refund: it moves money and is no deal. A zero amount is a deal. Deals of one day are one deal day.
 */
public final class Transactions {

    /** A row that could not be used, with the line it stood on and why. */
    public record Rejected(long line, String reason) {}

    private final String[] partners;
    private final int[] start;
    private final int[] day;
    private final double[] amount;
    private final double[] margin;
    private final String currency;
    private final List<Rejected> rejected;
    private final int firstDay;
    private final int lastDay;

    Transactions(
            String[] partners,
            int[] start,
            int[] day,
            double[] amount,
            double[] margin,
            String currency,
            List<Rejected> rejected) {
        this.partners = partners;
        this.start = start;
        this.day = day;
        this.amount = amount;
        this.margin = margin;
        this.currency = currency;
        this.rejected = List.copyOf(rejected);
        int first = Integer.MAX_VALUE;
        int last = Integer.MIN_VALUE;
        for (int each : day) {
            first = Math.min(first, each);
            last = Math.max(last, each);
        }
        this.firstDay = first;
        this.lastDay = last;
    }

    private Transactions(Transactions whole, String[] partners, int[] start, int[] day, double[] amount) {
        this.partners = partners;
        this.start = start;
        this.day = day;
        this.amount = amount;
        this.margin = new double[0];
        this.currency = whole.currency;
        this.rejected = List.of();
        this.firstDay = whole.firstDay;
        this.lastDay = whole.lastDay;
    }

    /** At most so many partners, evenly taken from the sorted ones, without margins; first and last date stay those of all. */
    Transactions sample(int most) {
        int step = Math.max(1, (partners.length + most - 1) / most);
        if (step == 1) {
            return this;
        }
        int n = (partners.length + step - 1) / step;
        String[] names = new String[n];
        int[] begins = new int[n + 1];
        for (int k = 0; k < n; k++) {
            int i = k * step;
            names[k] = partners[i];
            begins[k + 1] = begins[k] + start[i + 1] - start[i];
        }
        int[] days = new int[begins[n]];
        double[] amounts = new double[begins[n]];
        for (int k = 0; k < n; k++) {
            System.arraycopy(day, start[k * step], days, begins[k], begins[k + 1] - begins[k]);
            System.arraycopy(amount, start[k * step], amounts, begins[k], begins[k + 1] - begins[k]);
        }
        return new Transactions(this, names, begins, days, amounts);
    }

    public static TransactionsBuilder builder() {
        return new TransactionsBuilder();
    }

    /** How many partners have rows. */
    public int partners() {
        return partners.length;
    }

    /** Id of the i-th partner. */
    public String partner(int i) {
        return partners[i];
    }

    /** Rows of all partners. */
    public int size() {
        return day.length;
    }

    /** First row of the i-th partner; rows of a partner are sorted by day. {@code start(partners())} is {@link #size}. */
    public int start(int i) {
        return start[i];
    }

    /** Epoch day of a row. */
    public int day(int row) {
        return day[row];
    }

    /** Amount of a row in {@link #currency}. */
    public double amount(int row) {
        return amount[row];
    }

    /** Margin of a row, NaN where unknown. */
    public double margin(int row) {
        return margin.length == 0 ? Double.NaN : margin[row];
    }

    /** The reporting currency; empty where no row states one. */
    public String currency() {
        return currency;
    }

    /** Rows that were left out. */
    public List<Rejected> rejected() {
        return rejected;
    }

    /** First day with a row; throws {@link IllegalStateException} without rows. */
    public LocalDate firstDate() {
        return day(firstDay, Integer.MAX_VALUE);
    }

    /** Last day with a row; throws {@link IllegalStateException} without rows. */
    public LocalDate lastDate() {
        return day(lastDay, Integer.MIN_VALUE);
    }

    private static LocalDate day(int day, int none) {
        if (day == none) {
            throw new IllegalStateException("there are no usable transactions");
        }
        return LocalDate.ofEpochDay(day);
    }
}
