package dev.rainmaker.app.ledger;

/** Another instance committed a page of the same stream first; this page is to be dropped. */
public final class StaleCursorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleCursorException(String connection, String stream) {
        super("another instance moved " + connection + "/" + stream + " on");
    }
}
