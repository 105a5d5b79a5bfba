package dev.rainmaker.sandbox.world;

/** A value that an import cannot use; the message says where it is and what was expected. */
final class BadCell extends Exception {
    private static final long serialVersionUID = 1;

    BadCell(String message) {
        super(message);
    }
}
