package dev.rainmaker.app.lifetimevalue.csv;

import dev.rainmaker.lifetimevalue.MetricRow;
import dev.rainmaker.lifetimevalue.forecast.Transactions.Rejected;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@code partner_id,metric,date,value}.
 *
 * @param rejected rows that could not be read, with line and reason
 */
public record MetricsCsv(List<MetricRow> rows, List<Rejected> rejected) {

    private static final List<String> COLUMNS = List.of("partner_id", "metric", "date", "value");

    public MetricsCsv {
        rows = List.copyOf(rows);
        rejected = List.copyOf(rejected);
    }

    /**
     * Reads a file.
     *
     * @throws CsvFault if the file cannot be used at all
     */
    public static MetricsCsv read(Path file) throws IOException {
        List<MetricRow> read = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        try (CsvRows rows = CsvRows.open(file)) {
            CsvHeader header = CsvHeader.read(rows, COLUMNS);
            int[] at = COLUMNS.stream().mapToInt(header::find).toArray();
            while (rows.next()) {
                String problem = problem(rows, header, at);
                if (problem == null) {
                    read.add(new MetricRow(
                            rows.line(),
                            rows.text(at[0]),
                            rows.text(at[1]).toLowerCase(Locale.ROOT),
                            LocalDate.ofEpochDay(rows.epochDay(at[2])),
                            rows.number(at[3])));
                } else {
                    rejected.add(new Rejected(rows.line(), problem));
                }
            }
        }
        return new MetricsCsv(read, rejected);
    }

    private static @org.jspecify.annotations.Nullable String problem(CsvRows rows, CsvHeader header, int[] at) {
        if (rows.broken()) {
            return "a quote is opened and never closed";
        }
        if (header.overflows(rows)) {
            return "has " + rows.cells() + " cells, the first line has " + header.width()
                    + ": a cell that holds a separator needs quotes";
        }
        for (int i = 0; i < at.length; i++) {
            if (rows.isEmpty(at[i])) {
                return COLUMNS.get(i) + " is missing";
            }
        }
        int day = rows.epochDay(at[2]);
        if (day == Integer.MIN_VALUE || !Days.plausible(day)) {
            return "date \"" + rows.text(at[2]) + "\" is not an ISO day such as 2026-03-31, from 1900 to 2199";
        }
        return Double.isNaN(rows.number(at[3])) ? "value \"" + rows.text(at[3]) + "\" is not a number" : null;
    }
}
