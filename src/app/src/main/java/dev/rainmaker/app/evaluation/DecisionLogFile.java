package dev.rainmaker.app.evaluation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.rainmaker.app.yaml.NearMiss;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads logged decisions from CSV: {@code decision_id,action,propensity,target_propensity,reward} and, where there are,
 * {@code q_action,q_target,cluster,propensity_estimated,ctx_*}, in any order, UTF-8 with or without byte order mark.
 *
 * <p>A row that cannot be used is told with its line and reason and left out; a file without the columns is refused.
 */
public final class DecisionLogFile {

    static final List<String> REQUIRED = List.of("decision_id", "action", "propensity", "target_propensity", "reward");
    static final List<String> OPTIONAL = List.of("q_action", "q_target", "cluster", "propensity_estimated");
    private static final String CONTEXT = "ctx_";

    private final Path file;
    private final List<String> estimateBy;
    private final List<String> notes = new ArrayList<>();

    private DecisionLogFile(Path file, List<String> estimateBy) {
        this.file = file;
        this.estimateBy = List.copyOf(estimateBy);
    }

    /**
     * Reads a log.
     *
     * @throws IllegalArgumentException if it is no such file or lacks columns
     */
    public static DecisionLog read(Path file) throws IOException {
        return new DecisionLogFile(file, List.of()).read();
    }

    /**
     * Reads a log that has no propensities and estimates them: how often the action was chosen among the rows with the same
     * values in these columns.
     *
     * @param columns at least one, such as {@code ctx_product}
     */
    public static DecisionLog estimating(Path file, List<String> columns) throws IOException {
        return new DecisionLogFile(file, columns).read();
    }

    private DecisionLog read() throws IOException {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("There is no file " + file + ".");
        }
        try {
            return records();
        } catch (CsvParseException broken) {
            // A quote without its partner would take the rest of the file with it: line by line only its own row is
            // lost.
            notes.clear();
            return lines();
        }
    }

    private DecisionLog records() throws IOException {
        DecisionRows rows = new DecisionRows();
        try (CsvReader<CsvRecord> csv =
                csv().detectBomHeader(true).skipEmptyLines(true).ofCsvRecord(file)) {
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                throw empty();
            }
            rows.columns(columns(records.next().getFields()), estimateBy);
            while (records.hasNext()) {
                CsvRecord record = records.next();
                rows.add(record.getStartingLineNumber(), record.getFields());
            }
        }
        return rows.log(notes);
    }

    private DecisionLog lines() throws IOException {
        DecisionRows rows = new DecisionRows();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)))) {
            boolean header = true;
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                List<String> cells = cells(header && line.startsWith("\uFEFF") ? line.substring(1) : line);
                if (header && cells.isEmpty()) {
                    throw new IllegalArgumentException(
                            file + ":" + number + ": the header has a quote without its partner");
                }
                if (header) {
                    rows.columns(columns(cells), estimateBy);
                } else if (cells.isEmpty()) {
                    rows.reject(number, "a quote is without its partner, or something follows it");
                } else {
                    rows.add(number, cells);
                }
                header = false;
            }
        }
        return rows.log(notes);
    }

    /** The cells of one line; none where it is not CSV. */
    private static List<String> cells(String line) {
        try {
            return csv().ofSingleCsvRecord(line).getFields();
        } catch (CsvParseException broken) {
            return List.of();
        }
    }

    private static CsvReader.CsvReaderBuilder csv() {
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowUnclosedQuote(false)
                .allowExtraCharsAfterClosingQuote(false)
                .trimWhitespacesAroundQuotes(true);
    }

    private IllegalArgumentException empty() {
        return new IllegalArgumentException(file + " is empty; its first line must be " + String.join(",", REQUIRED));
    }

    private Map<String, Integer> columns(List<String> header) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int at = 0; at < header.size(); at++) {
            String written = header.get(at).strip().toLowerCase(Locale.ROOT);
            String name = written.isEmpty() ? "(column " + (at + 1) + ")" : written;
            if (columns.putIfAbsent(name, at) != null) {
                throw new IllegalArgumentException(file + ":1: column " + name + " is there twice");
            }
        }
        Set<String> required = new TreeSet<>(REQUIRED);
        if (!estimateBy.isEmpty()) {
            required.remove("propensity");
            required.addAll(estimateBy);
        }
        List<String> missing =
                required.stream().filter(name -> !columns.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(file + ":1: the header lacks " + String.join(", ", missing)
                    + "; it reads " + shortened(String.join(",", columns.keySet())) + hint(missing, columns));
        }
        unused(columns);
        return columns;
    }

    private static String hint(List<String> missing, Map<String, Integer> columns) {
        if (columns.size() == 1 && columns.keySet().iterator().next().matches("(?s).*[;\t|].*")) {
            return ". Cells must be separated by commas.";
        }
        return missing.equals(List.of("propensity"))
                ? ". Where propensities were not logged, --estimate-by COLUMNS estimates them from what was chosen."
                : "";
    }

    private void unused(Map<String, Integer> columns) {
        for (String name : columns.keySet()) {
            if (!REQUIRED.contains(name)
                    && !OPTIONAL.contains(name)
                    && !name.startsWith(CONTEXT)
                    && !estimateBy.contains(name)) {
                notes.add("column \"" + name + "\" is not used"
                        + NearMiss.of(name, OPTIONAL)
                                .map(meant -> "; did you mean \"" + meant + "\"?")
                                .orElse(""));
            }
        }
        if (columns.containsKey("q_action") != columns.containsKey("q_target")) {
            notes.add("only one of q_action and q_target is there: no doubly robust estimate");
        }
        if (!estimateBy.isEmpty() && columns.containsKey("propensity")) {
            notes.add("column \"propensity\" is not used: propensities are estimated");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + " ...";
    }
}
