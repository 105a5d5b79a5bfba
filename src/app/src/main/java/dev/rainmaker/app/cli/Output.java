package dev.rainmaker.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.revenue.Report;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a verb answers: {@code table} for people, {@code json} for programs, {@code csv} where rows are data. */
public enum Output {
    table,
    json,
    csv;

    /** One JSON value on one line. */
    static void json(PrintStream out, Object value) {
        try {
            out.println(FactJson.MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Rows as CSV, safe for spreadsheets; a member that a row lacks is empty. */
    static void csv(PrintStream out, List<String> columns, List<Map<String, Object>> rows) {
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            List<@Nullable Object> line = new ArrayList<>();
            columns.forEach(column -> line.add(row.get(column)));
            cells.add(line);
        }
        byte[] csv = new Report("rows", columns, cells, List.of()).csv().getBytes(StandardCharsets.UTF_8);
        out.write(csv, 0, csv.length);
        out.flush();
    }
}
