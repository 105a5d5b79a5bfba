package dev.rainmaker.lifetimevalue.forecast;

import java.time.LocalDate;
import java.util.Arrays;
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
        return LocalDate.ofEpochDay(Arrays.stream(day).min().orElseThrow(Transactions::none));
    }

    /** Last day with a row; throws {@link IllegalStateException} without rows. */
    public LocalDate lastDate() {
        return LocalDate.ofEpochDay(Arrays.stream(day).max().orElseThrow(Transactions::none));
    }

    private static IllegalStateException none() {
        return new IllegalStateException("there are no usable transactions");
    }
}
