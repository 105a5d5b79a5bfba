package dev.rainmaker.app.cli;

import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Transactions as the lines of a CSV file. */
final class CsvOf {

    private CsvOf() {}

    static List<String> lines(Transactions deals) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < deals.partners(); i++) {
            for (int row = deals.start(i); row < deals.start(i + 1); row++) {
                lines.add(deals.partner(i) + "," + LocalDate.ofEpochDay(deals.day(row)) + "," + deals.amount(row));
            }
        }
        return lines;
    }

    static Path write(Path file, List<String> lines) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("partner_id,date,amount");
        all.addAll(lines);
        return Files.write(file, all);
    }
}
