package dev.rainmaker.sandbox.world;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;

/** One row of a source; every reading that fails says in which file, line and column. */
record SourceRow(String file, NamedCsvRecord cells) {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,10})?");

    /** The value without surrounding blanks, maybe empty. */
    String text(String column) {
        return cells.getField(column).strip();
    }

    String required(String column) throws BadCell {
        String text = text(column);
        if (text.isEmpty()) {
            throw bad(column, "is empty");
        }
        return text;
    }

    /** A whole number, not negative. */
    long number(String column) throws BadCell {
        String text = required(column);
        if (!WHOLE.matcher(text).matches()) {
            throw bad(column, "should be a whole number, but is '" + text + "'");
        }
        return Long.parseLong(text);
    }

    BigDecimal decimal(String column) throws BadCell {
        String text = required(column);
        if (!DECIMAL.matcher(text).matches()) {
            throw bad(column, "should be a number, but is '" + text + "'");
        }
        return new BigDecimal(text);
    }

    LocalDate date(String column, DateTimeFormatter format, String shown) throws BadCell {
        String text = required(column);
        try {
            return LocalDate.parse(text, format);
        } catch (DateTimeParseException e) {
            throw bad(column, "should be a day like " + shown + ", but is '" + text + "'");
        }
    }

    BadCell bad(String column, String what) {
        return new BadCell(file + " line " + cells.getStartingLineNumber() + ": " + column + " " + what);
    }

    Map<String, String> all() {
        return cells.getFieldsAsMap();
    }
}
