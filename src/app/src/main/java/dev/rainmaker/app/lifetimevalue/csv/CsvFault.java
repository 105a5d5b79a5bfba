package dev.rainmaker.app.lifetimevalue.csv;

/** A file that cannot be used as a whole; the message says what is wrong, where, and what would help. */
public final class CsvFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    CsvFault(String message) {
        super(message);
    }
}
