package dev.rainmaker.sandbox.salesforce.record;

import java.util.List;

/** A save the org refuses, with the vendor's code, a message, and the fields at fault. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final List<String> fields;

    public Refused(String code, String message, List<String> fields) {
        super(message);
        this.code = code;
        this.fields = List.copyOf(fields);
    }

    public Refused(String code, String message) {
        this(code, message, List.of());
    }

    /** A name of the vendor's StatusCode list: {@code STRING_TOO_LONG}. */
    public String code() {
        return code;
    }

    public List<String> fields() {
        return fields;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
