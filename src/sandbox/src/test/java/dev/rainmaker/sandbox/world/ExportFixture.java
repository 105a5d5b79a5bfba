package dev.rainmaker.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads export folders back, by other means than those that wrote them, and checks what must hold for each. */
final class ExportFixture {
    private static final Map<String, String> LOOKUPS = Map.of(
            "OwnerId", "User",
            "AccountId", "Account",
            "ParentId", "Account",
            "PartnerAccountId", "Account",
            "ConvertedAccountId", "Account",
            "ConvertedOpportunityId", "Opportunity",
            "CampaignId", "Campaign",
            "ContactId", "Contact");
    private static final Map<String, String> PREFIXES = Map.of(
            "User", "005",
            "Account", "001",
            "Contact", "003",
            "Lead", "00Q",
            "Opportunity", "006",
            "Campaign", "701",
            "CampaignMember", "00v",
            "Rainmaker_Deal_Registration__c", "a0R");

    private ExportFixture() {}

    static List<Map<String, String>> rows(Path folder, String object) {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(folder.resolve(object + ".csv"))) {
            return csv.stream().map(NamedCsvRecord::getFieldsAsMap).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, byte[]> bytes(Path folder) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    static Set<String> objects(Path folder) throws IOException {
        Set<String> objects = new HashSet<>();
        for (String file : bytes(folder).keySet()) {
            if (file.endsWith(".csv")) {
                objects.add(file.substring(0, file.length() - 4));
            }
        }
        return objects;
    }

    /** Every id valid and unique, every lookup leads to a record, every file free of byte order marks. */
    static void assertSound(Path folder) throws IOException {
        Map<String, Set<String>> ids = new HashMap<>();
        for (String object : objects(folder)) {
            assertThat(Files.readAllBytes(folder.resolve(object + ".csv"))[0]).isNotEqualTo((byte) 0xEF);
            Set<String> own = new HashSet<>();
            for (Map<String, String> row : rows(folder, object)) {
                String id = row.get("Id");
                assertThat(id).hasSize(18).startsWith(PREFIXES.get(object));
                assertThat(id.substring(15)).as("checksum of %s", id).isEqualTo(checksum(id.substring(0, 15)));
                assertThat(own.add(id)).as("second %s", id).isTrue();
            }
            ids.put(object, own);
        }
        for (String object : objects(folder)) {
            for (Map<String, String> row : rows(folder, object)) {
                LOOKUPS.forEach((column, target) -> {
                    String id = row.getOrDefault(column, "");
                    // Not AssertJ's contains: that walks through the set, once for each of the lookups.
                    assertThat(id.isEmpty()
                                    || ids.getOrDefault(target, Set.of()).contains(id))
                            .as("%s.%s = %s", object, column, id)
                            .isTrue();
                });
            }
        }
    }

    /** Reversed five-character blocks read as binary numbers, as Salesforce describes it. */
    private static String checksum(String fifteen) {
        StringBuilder checksum = new StringBuilder();
        for (String block : List.of(fifteen.substring(0, 5), fifteen.substring(5, 10), fifteen.substring(10))) {
            String bits = new StringBuilder(block)
                    .reverse()
                    .toString()
                    .replaceAll("[^A-Z]", "0")
                    .replaceAll("[A-Z]", "1");
            checksum.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".charAt(Integer.parseInt(bits, 2)));
        }
        return checksum.toString();
    }

    static double rankCorrelation(double[] a, double[] b) {
        double[] x = ranks(a);
        double[] y = ranks(b);
        double mean = (a.length - 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < a.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xy / Math.sqrt(xx * yy);
    }

    private static double[] ranks(double[] of) {
        double[] ranks = new double[of.length];
        for (int i = 0; i < of.length; i++) {
            for (double other : of) {
                ranks[i] += other < of[i] ? 1 : 0;
                ranks[i] += other == of[i] ? 0.5 : 0;
            }
            ranks[i] -= 0.5;
        }
        return ranks;
    }
}
