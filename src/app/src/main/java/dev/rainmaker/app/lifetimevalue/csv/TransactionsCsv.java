package dev.rainmaker.app.lifetimevalue.csv;

import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.forecast.TransactionsBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code partner_id,date,amount[,margin][,currency]}. A row that cannot be used is kept with its line and reason. */
public final class TransactionsCsv {

    static final List<String> REQUIRED = List.of("partner_id", "date", "amount");

    /** More than this is no amount of a deal but a number in the wrong column. */
    private static final double MOST = 1e15;

    private final CsvRows rows;
    private final TransactionsBuilder builder;
    private final int partner;
    private final int date;
    private final int amount;
    private final int margin;
    private final int currency;
    private final CsvHeader header;

    private TransactionsCsv(CsvRows rows, TransactionsBuilder builder) throws IOException {
        this.rows = rows;
        this.builder = builder;
        this.header = CsvHeader.read(rows, REQUIRED);
        this.partner = header.find("partner_id");
        this.date = header.find("date");
        this.amount = header.find("amount");
        this.margin = header.find("margin");
        this.currency = header.find("currency");
    }

    /**
     * Reads a file.
     *
     * @param into reporting currency; null = that of most rows
     * @param rates units of the reporting currency for one unit of another
     * @throws CsvFault if the file cannot be used at all
     */
    public static Transactions read(Path file, @Nullable String into, Map<String, Double> rates) throws IOException {
        TransactionsBuilder builder = Transactions.builder();
        if (into != null) {
            builder.in(into.toUpperCase(Locale.ROOT));
        }
        rates.forEach((code, rate) -> builder.rate(code.toUpperCase(Locale.ROOT), rate));
        try (CsvRows rows = CsvRows.open(file)) {
            TransactionsCsv reader = new TransactionsCsv(rows, builder);
            while (rows.next()) {
                reader.row();
            }
        }
        return builder.build();
    }

    private void row() {
        String problem = problem();
        if (problem != null) {
            builder.reject(rows.line(), problem);
            return;
        }
        double money = rows.number(amount);
        int day = rows.epochDay(date);
        if (Double.isNaN(money) || Math.abs(money) > MOST) {
            builder.reject(rows.line(), wrong(amount, "amount", "a number such as 1234.56"));
            return;
        }
        if (day == Integer.MIN_VALUE || !Days.plausible(day)) {
            builder.reject(rows.line(), wrong(date, "date", "an ISO day such as 2026-03-31, from 1900 to 2199"));
            return;
        }
        double earned = Double.NaN;
        if (margin >= 0 && !rows.isEmpty(margin)) {
            earned = rows.number(margin);
            if (Double.isNaN(earned) || Math.abs(earned) > MOST) {
                builder.reject(rows.line(), wrong(margin, "margin", "a number such as 234.56, or empty"));
                return;
            }
        }
        builder.add(
                rows.line(),
                rows.text(partner),
                day,
                money,
                earned,
                currency < 0 || rows.isEmpty(currency) ? null : rows.text(currency));
    }

    private @Nullable String problem() {
        if (rows.broken()) {
            return "a quote is opened and never closed";
        }
        if (rows.cells() > header.width() && header.overflows(rows)) {
            return "has " + rows.cells() + " cells, the first line has " + header.width()
                    + ": a cell that holds a separator needs quotes";
        }
        if (rows.isEmpty(partner)) {
            return "partner_id is missing";
        }
        if (rows.isEmpty(date)) {
            return "date is missing";
        }
        return rows.isEmpty(amount) ? "amount is missing" : null;
    }

    private String wrong(int cell, String column, String expected) {
        String text = rows.text(cell);
        String shown = text.length() <= 40 ? text : text.substring(0, 37) + "...";
        return column + " \"" + shown + "\" is not " + expected;
    }
}
