package dev.rainmaker.sandbox.world;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One CSV file of a source, plain or gzipped (told by its first bytes), UTF-8 with or without byte order mark, any line
 * ending. Faults of all its rows are collected before the import is refused.
 */
final class SourceTable {
    /** What to do with one row; {@link BadCell} marks the row as faulty and goes on with the next. */
    interface RowReader {
        void read(SourceRow row) throws BadCell;
    }

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final String text;
    private final List<String> header;

    private SourceTable(String file, String text) throws UnreadableSource {
        this.file = file;
        this.text = text;
        this.header = header(file, text);
    }

    /** Opens {@code name}, or {@code name.gz}, and requires these columns. */
    static SourceTable open(Path folder, String name, List<String> columns) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            Path packed = folder.resolve(name + ".gz");
            if (!Files.isRegularFile(packed)) {
                throw new UnreadableSource(List.of(folder + " holds neither " + name + " nor " + name + ".gz"));
            }
            file = packed;
        }
        String shown = file.getFileName().toString();
        SourceTable table = new SourceTable(shown, decode(shown, unpacked(shown, Files.readAllBytes(file))));
        List<String> missing = columns.stream()
                .filter(column -> !table.header.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw new UnreadableSource(List.of(shown + " line 1: column " + String.join(", ", missing)
                    + " is missing; the header is " + String.join(",", table.header)));
        }
        return table;
    }

    List<String> columns() {
        return header;
    }

    /** Hands every row to the reader, in the order of the file. */
    void each(RowReader reader) throws UnreadableSource {
        List<String> faults = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : csv) {
                try {
                    reader.read(new SourceRow(file, row));
                } catch (BadCell bad) {
                    faults.add(bad.getMessage());
                }
            }
        } catch (CsvParseException e) {
            faults.add(file + ": " + reason(e));
        } catch (IOException e) {
            faults.add(file + ": " + e.getMessage());
        }
        if (!faults.isEmpty()) {
            throw new UnreadableSource(faults);
        }
    }

    private static String reason(CsvParseException e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + cause.getMessage();
    }

    private static List<String> header(String file, String text) throws UnreadableSource {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : csv) {
                return row.getHeader();
            }
        } catch (CsvParseException e) {
            throw new UnreadableSource(List.of(file + " line 1: " + reason(e)));
        } catch (IOException e) {
            throw new UnreadableSource(List.of(file + ": " + e.getMessage()));
        }
        // A header alone is a table without rows; fastcsv shows headers only together with a row.
        return List.of(text.strip().split(",", -1));
    }

    private static byte[] unpacked(String file, byte[] bytes) throws IOException {
        if (bytes.length < 2 || (bytes[0] & 0xFF) != 0x1F || (bytes[1] & 0xFF) != 0x8B) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UnreadableSource(List.of(file + " is a damaged gzip file (" + e.getMessage() + ")"));
        }
    }

    private static String decode(String file, byte[] bytes) throws UnreadableSource {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new UnreadableSource(List.of(file + " line " + line + ": not UTF-8; convert the file to UTF-8"));
        }
        out.flip();
        boolean marked = out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK;
        return out.subSequence(marked ? 1 : 0, out.remaining()).toString();
    }
}
