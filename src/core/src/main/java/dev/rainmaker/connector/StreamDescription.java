package dev.rainmaker.connector;

import java.util.List;

/** A stream the vendor offers. */
public record StreamDescription(String name, String label, List<Field> fields) {

    public StreamDescription {
        fields = List.copyOf(fields);
    }

    /**
     * A field of it.
     *
     * @param type in the vendor's words
     * @param writable whether this connection's user may write it
     */
    public record Field(String name, String label, String type, boolean writable, boolean custom) {}
}
