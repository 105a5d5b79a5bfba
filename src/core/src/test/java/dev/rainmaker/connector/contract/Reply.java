package dev.rainmaker.connector.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An answer, and how it gets onto the wire. */
public record Reply(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    /** What the connection does with the answer. */
    public enum Delivery {
        WHOLE,
        /** Half of the announced body, then the connection ends. */
        CUT,
        /** One byte each 100 ms. */
        DRIP,
        /** Nothing at all, for as long as the test lasts. */
        SILENT,
        /** The connection is reset after the request was read. */
        RESET
    }

    public static Reply of(int status, String body) {
        return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), Delivery.WHOLE)
                .with("Content-Type", "application/json;charset=UTF-8");
    }

    public static Reply json(String body) {
        return of(200, body);
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, all, body, delivery);
    }

    public Reply body(byte[] bytes) {
        return new Reply(status, headers, bytes, delivery);
    }

    public Reply delivered(Delivery how) {
        return new Reply(status, headers, body, how);
    }

    /** The same, compressed. */
    public Reply zipped() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return with("Content-Encoding", "gzip").body(bytes.toByteArray());
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
