package dev.rainmaker.sandbox.salesforce.soql;

/** A query the org cannot run: the vendor's code and a message that shows the place. */
public final class QueryRefused extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_BEFORE = 40;

    private final String code;
    private final String reason;

    private QueryRefused(String code, String message, String reason) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    /** A fault at a place in the query, shown as the vendor shows it: the line, a caret, row and column. */
    static QueryRefused at(String code, String soql, int position, String reason) {
        int lineStart = soql.lastIndexOf('\n', Math.max(0, position - 1)) + 1;
        int row = (int) soql.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        int column = position - lineStart + 1;
        int from = Math.max(lineStart, position - SHOWN_BEFORE);
        int lineEnd = soql.indexOf('\n', position) < 0 ? soql.length() : soql.indexOf('\n', position);
        String shown = soql.substring(from, Math.min(lineEnd, position + SHOWN_BEFORE));
        String message = "\n" + shown + "\n" + " ".repeat(position - from) + "^\nERROR at Row:" + row + ":Column:"
                + column + "\n" + reason;
        return new QueryRefused(code, message, reason);
    }

    static QueryRefused malformed(String soql, int position, String reason) {
        return at("MALFORMED_QUERY", soql, position, reason);
    }

    /** {@code MALFORMED_QUERY}, {@code INVALID_FIELD}, {@code INVALID_TYPE}. */
    public String code() {
        return code;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
