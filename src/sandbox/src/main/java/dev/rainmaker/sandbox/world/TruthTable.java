package dev.rainmaker.sandbox.world;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * {@link WorldTruth} as a table: a row for each open lead and each partner, {@code lead,partner,lifecycle,win_probability,
 * expected_margin} (US dollars). So an assignment can be judged without any of this code.
 */
public final class TruthTable {

    private TruthTable() {}

    /**
     * Writes the table of the world in a folder.
     *
     * @return how many rows
     * @throws IOException if the folder holds no generated world, or the file cannot be written
     */
    public static long write(Path folder, Path file) throws IOException {
        WorldTruth truth = WorldTruth.read(folder);
        long rows = 0;
        try (CsvReader<NamedCsvRecord> leads = CsvReader.builder().ofNamedCsvRecord(folder.resolve("Lead.csv"));
                CsvWriter table = CsvWriter.builder().build(Files.newBufferedWriter(file))) {
            table.writeRecord("lead", "partner", "lifecycle", "win_probability", "expected_margin");
            for (NamedCsvRecord lead : leads) {
                var columns = lead.getFieldsAsMap();
                if (columns.getOrDefault("Status", "").startsWith("Closed")
                        || "true".equals(columns.get("IsConverted"))
                        || !columns.getOrDefault("PartnerAccountId", "").isEmpty()) {
                    continue;
                }
                for (PartnerTruth partner : truth.partners()) {
                    table.writeRecord(
                            lead.getField("Id"),
                            partner.id(),
                            partner.lifecycle().name().toLowerCase(Locale.ROOT),
                            String.format(Locale.ROOT, "%.6f", truth.winProbability(columns, partner.id())),
                            String.format(Locale.ROOT, "%.2f", truth.expectedMargin(columns, partner.id())));
                    rows++;
                }
            }
        }
        return rows;
    }
}
