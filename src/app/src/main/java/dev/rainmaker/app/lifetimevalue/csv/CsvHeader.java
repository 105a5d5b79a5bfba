package dev.rainmaker.app.lifetimevalue.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first line: which column stands where. Names in any case and order, blanks for underscores; further columns are not read. */
final class CsvHeader {

    private final String file;
    private final List<String> names = new ArrayList<>();

    private CsvHeader(String file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @throws CsvFault if the file is empty or a required column is missing or stands there twice
     */
    static CsvHeader read(CsvRows rows, List<String> required) throws IOException {
        rows.detectSeparator();
        CsvHeader header = new CsvHeader(rows.name());
        if (!rows.next()) {
            throw new CsvFault(rows.name() + " is empty; its first line must be " + String.join(",", required));
        }
        for (int i = 0; i < rows.cells(); i++) {
            header.names.add(
                    rows.text(i).toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_'));
        }
        for (String name : required) {
            if (header.find(name) < 0) {
                throw new CsvFault(rows.name() + ", line " + rows.line() + ": there is no column " + name
                        + "; the first line must name the columns " + String.join(",", required) + ", and it is: "
                        + shortened(String.join(",", header.names)));
            }
        }
        return header;
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }

    /** Position of a column, -1 where there is none. */
    int find(String name) {
        int at = names.indexOf(name);
        if (at >= 0 && names.lastIndexOf(name) != at) {
            throw new CsvFault(file + ": the column " + name + " stands there twice");
        }
        return at;
    }

    int width() {
        return names.size();
    }

    /** Whether a row has cells beyond the header that hold something, as when a comma inside a number lacks its quotes. */
    boolean overflows(CsvRows rows) {
        for (int i = names.size(); i < rows.cells(); i++) {
            if (!rows.isEmpty(i)) {
                return true;
            }
        }
        return false;
    }
}
