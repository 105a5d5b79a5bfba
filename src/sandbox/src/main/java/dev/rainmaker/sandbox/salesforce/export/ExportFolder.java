package dev.rainmaker.sandbox.salesforce.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import dev.rainmaker.sandbox.salesforce.record.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads a Salesforce data-export folder: one CSV per object, API names as header. All files are read and checked before the
 * first record is written, so a folder is loaded whole or not at all.
 */
public final class ExportFolder {

    private static final int ROWS_PER_TRANSACTION = 500;
    private static final int MOST_FAULTS = 1000;

    private final Org org;
    private final Path folder;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<Path, Sheet> sheets = new LinkedHashMap<>();

    private ExportFolder(Org org, Path folder) {
        this.org = org;
        this.folder = folder;
    }

    /** A file, its object, its header, and the definitions of custom fields the object lacks so far. */
    private record Sheet(ObjectType type, List<String> header, Map<String, ColumnType> unknown) {}

    /** Reads one record of a file. */
    @FunctionalInterface
    private interface RecordReader {
        void read(long line, List<String> cells);
    }

    /**
     * Loads the folder.
     *
     * @return how many records of each object, by its name
     * @throws ExportFault with every fault found; then nothing was loaded
     * @throws IOException if the folder or a file cannot be read
     */
    public static Map<String, Integer> load(Org org, Path folder) throws ExportFault, IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "no export folder at " + folder + "; give a folder with CSV files such as Account.csv");
        }
        ExportFolder export = new ExportFolder(org, folder);
        try {
            export.check();
            return export.write();
        } catch (UncheckedIOException e) {
            throw new IOException("the export folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void check() throws ExportFault, IOException {
        for (Path file : files()) {
            String name = name(file);
            ObjectType type = org.schema().object(name).orElse(null);
            if (type == null) {
                fault(file, 0, "", "this org has no object " + name);
            } else {
                header(file, type);
            }
        }
        stopOnFaults();
        sheets.forEach((file, sheet) -> read(file, (line, cells) -> checkCells(file, sheet, line, cells)));
        stopOnFaults();
        sheets.forEach((file, sheet) -> read(file, (line, cells) -> checkReferences(file, sheet, line, cells)));
        stopOnFaults();
    }

    private List<Path> files() throws IOException, ExportFault {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> csv = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
            if (csv.isEmpty()) {
                throw new ExportFault(
                        List.of(folder + ": no CSV file in this folder; it needs one per object, such as Account.csv"));
            }
            return csv;
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".csv".length());
    }

    private void fault(Path file, long line, String column, String what) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(file.getFileName() + (line > 0 ? " line " + line : "")
                    + (column.isEmpty() ? "" : " column " + column) + ": " + what);
        }
    }

    private void stopOnFaults() throws ExportFault {
        if (!faults.isEmpty()) {
            throw new ExportFault(faults);
        }
    }

    private void header(Path file, ObjectType type) {
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(file)) {
            List<String> header =
                    csv.stream().findFirst().map(CsvRecord::getFields).orElse(List.of());
            Map<String, ColumnType> unknown = new LinkedHashMap<>();
            Set<String> seen = new HashSet<>();
            for (String column : header) {
                if (!seen.add(column.toLowerCase(java.util.Locale.ROOT))) {
                    fault(file, 1, column, "the column is there twice");
                } else if (type.field(column).isEmpty() && column.matches("[A-Za-z][A-Za-z0-9_]*__c")) {
                    unknown.put(column, new ColumnType(org.schema()));
                } else if (type.field(column).isEmpty()) {
                    fault(file, 1, column, type + " has no such field; custom fields end in __c");
                }
            }
            if (type.field("Id").isPresent() && !seen.contains("id")) {
                fault(file, 1, "Id", "the column is missing");
            }
            sheets.put(file, new Sheet(type, List.copyOf(header), unknown));
        } catch (CsvParseException e) {
            fault(file, 1, "", reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(CsvParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return "not readable as CSV in UTF-8: " + cause.getMessage();
    }

    private void read(Path file, RecordReader reader) {
        long line = 1;
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(file)) {
            boolean header = true;
            for (CsvRecord record : csv) {
                line = record.getStartingLineNumber();
                if (!header) {
                    reader.read(line, record.getFields());
                }
                header = false;
            }
        } catch (CsvParseException e) {
            fault(file, line, "", reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkCells(Path file, Sheet sheet, long line, List<String> cells) {
        for (int i = 0; i < sheet.header().size(); i++) {
            String column = sheet.header().get(i);
            String cell = cells.get(i);
            ColumnType unknown = sheet.unknown().get(column);
            if (unknown != null) {
                unknown.see(cell);
                continue;
            }
            Field field = sheet.type().required(column);
            try {
                Object value = FieldValue.fromText(field, cell);
                if (value == null && (field.is(Field.Flag.REQUIRED) || field.type() == FieldType.ID)) {
                    fault(file, line, column, "a value is needed");
                } else if (value != null && field.type() == FieldType.ID) {
                    checkId(file, sheet, line, value.toString());
                }
            } catch (Refused | FieldValue.WrongType e) {
                fault(file, line, column, "'" + shown(cell) + "' is not a " + expected(field));
            }
        }
    }

    private static String shown(String cell) {
        return cell.length() > 40 ? cell.substring(0, 40) + "..." : cell;
    }

    private static String expected(Field field) {
        return switch (field.type()) {
            case ID, REFERENCE -> "record id of 15 or 18 characters";
            case DATE -> "date such as 2026-01-02";
            case DATETIME -> "time such as 2026-01-02T03:04:05.000+0000";
            case BOOLEAN -> "true or false";
            case INT, DOUBLE, CURRENCY, PERCENT ->
                "number of at most " + (field.precision() - field.scale()) + " digits before the point";
            default -> "text of at most " + field.length() + " characters";
        };
    }

    private void checkId(Path file, Sheet sheet, long line, String id) {
        if (!SalesforceId.prefix(id).equals(sheet.type().prefix())) {
            fault(
                    file,
                    line,
                    "Id",
                    id + " is not the id of a " + sheet.type() + ", which starts with "
                            + sheet.type().prefix());
        } else if (!ids.add(id) || org.find(id).isPresent()) {
            fault(file, line, "Id", id + " is there twice");
        }
    }

    private void checkReferences(Path file, Sheet sheet, long line, List<String> cells) {
        for (int i = 0; i < sheet.header().size(); i++) {
            Field field = sheet.type().field(sheet.header().get(i)).orElse(null);
            if (field == null
                    || field.type() != FieldType.REFERENCE
                    || cells.get(i).isEmpty()) {
                continue;
            }
            String id = SalesforceId.parse(cells.get(i)).orElseThrow();
            boolean right = org.schema()
                    .objectOf(id)
                    .filter(target -> field.references().contains(target.name()))
                    .isPresent();
            if (!right || !ids.contains(id) && org.find(id).isEmpty()) {
                fault(file, line, field.name(), "there is no " + String.join(" or ", field.references()) + " " + id);
            }
        }
    }

    private Map<String, Integer> write() throws ExportFault {
        Map<String, Integer> counts = new LinkedHashMap<>();
        sheets.forEach((file, sheet) -> {
            sheet.unknown().forEach((name, type) -> org.addField(sheet.type(), name + " " + type.definition()));
            List<Map<String, JsonNode>> batch = new ArrayList<>();
            read(file, (line, cells) -> {
                Map<String, JsonNode> values = new LinkedHashMap<>();
                for (int i = 0; i < sheet.header().size(); i++) {
                    values.put(sheet.header().get(i), TextNode.valueOf(cells.get(i)));
                }
                batch.add(values);
                counts.merge(sheet.type().name(), 1, Integer::sum);
                if (batch.size() == ROWS_PER_TRANSACTION) {
                    write(file, sheet, batch);
                }
            });
            write(file, sheet, batch);
        });
        stopOnFaults();
        return counts;
    }

    private void write(Path file, Sheet sheet, List<Map<String, JsonNode>> batch) {
        Actor loader = new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.LOAD, false);
        org.<Boolean, RuntimeException>write(loader, transaction -> {
            batch.forEach(values -> create(transaction, file, sheet, values));
            return true;
        });
        batch.clear();
    }

    private void create(Transaction transaction, Path file, Sheet sheet, Map<String, JsonNode> values) {
        try {
            transaction.create(sheet.type(), values);
        } catch (Refused | FieldValue.WrongType e) {
            fault(file, 0, "", String.valueOf(values.get("Id")) + ": " + e.getMessage());
        }
    }
}
