package dev.rainmaker.connector;

/**
 * Where a read stands, in the connector's own words. The ledger keeps it with the page's rows and hands it back as it
 * was; only the connector reads it, and refuses one that it did not write.
 */
public record Cursor(String position) {

    public Cursor {
        if (position.isBlank()) {
            throw new IllegalArgumentException("a cursor must not be empty");
        }
    }
}
