package dev.rainmaker.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.app.ledger.FactJson;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** How a verb answers: {@code table} for people, {@code json} for programs, {@code csv} where rows are data. */
public enum Output {
    table,
    json,
    csv;

    /** One JSON value on one line. */
    static void json(PrintStream out, Object value) {
        try {
            out.println(FactJson.MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
