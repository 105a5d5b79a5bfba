package dev.rainmaker.app.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows in the binary form of PostgreSQL's COPY (PostgreSQL manual, "COPY", binary format): the fastest way in, and the only
 * one that takes bytes as they are.
 */
final class BinaryCopy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final DataOutputStream out = new DataOutputStream(bytes);

    BinaryCopy() {
        try {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Adds a row: String, Boolean, Integer, Double, Instant, byte[] (bytea), {@link Jsonb}, or null per column. */
    BinaryCopy row(@Nullable Object... values) {
        try {
            out.writeShort(values.length);
            for (Object value : values) {
                write(value);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        } else if (value instanceof Boolean flag) {
            out.writeInt(1);
            out.writeByte(flag ? 1 : 0);
        } else if (value instanceof Integer number) {
            out.writeInt(4);
            out.writeInt(number);
        } else if (value instanceof Double number) {
            out.writeInt(8);
            out.writeDouble(number);
        } else if (value instanceof Instant instant) {
            out.writeInt(8);
            out.writeLong(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000 - MICROS_TO_2000);
        } else if (value instanceof byte[] raw) {
            out.writeInt(raw.length);
            out.write(raw);
        } else if (value instanceof Jsonb json) {
            out.writeInt(json.utf8().length + 1);
            out.writeByte(1);
            out.write(json.utf8());
        } else {
            throw new IllegalArgumentException("no binary form for " + value.getClass());
        }
    }

    /** Sends the rows to {@code table (columns)} on the given connection. */
    void into(Connection connection, String tableAndColumns) throws SQLException {
        try {
            out.writeShort(-1);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy " + tableAndColumns + " from stdin with (format binary)",
                            new java.io.ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException broken) {
            throw new SQLException("the connection to the ledger broke while rows were copied", "08006", broken);
        }
    }

    /** A JSON text for a jsonb column. */
    record Jsonb(byte[] utf8) {}
}
