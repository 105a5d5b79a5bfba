package dev.rainmaker.app.ledger;

/** The ledger cannot be opened or used; the message is one sentence for the admin. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
