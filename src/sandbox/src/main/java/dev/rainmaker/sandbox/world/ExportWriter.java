package dev.rainmaker.sandbox.world;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Streams records into the CSV files of one export folder (RFC 4180, UTF-8, no byte order mark). The files get their names
 * only in {@link #commit}: a run that fails leaves the folder as it was.
 */
final class ExportWriter implements Closeable {
    private static final String UNFINISHED = ".unfinished";

    private record OpenFile(Path unfinished, Path target, CsvWriter csv, List<String> columns, int[] rows) {}

    private final Path folder;
    private final Map<ExportObject, OpenFile> files = new EnumMap<>(ExportObject.class);
    private boolean committed;

    ExportWriter(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Opens an object's file with other than its usual columns. */
    void open(ExportObject object, List<String> columns) throws IOException {
        Path target = folder.resolve(object.fileName());
        Path unfinished = folder.resolve(object.fileName() + UNFINISHED);
        CsvWriter csv = CsvWriter.builder().build(unfinished, StandardCharsets.UTF_8);
        files.put(object, new OpenFile(unfinished, target, csv, columns, new int[1]));
        csv.writeRecord(columns);
    }

    void write(ExportObject object, ExportRow row) {
        write(object, row.values());
    }

    void write(ExportObject object, Map<String, String> row) {
        OpenFile file = file(object);
        List<String> cells = new ArrayList<>(file.columns().size());
        int known = 0;
        for (String column : file.columns()) {
            String value = row.get(column);
            if (value != null) {
                known++;
            }
            cells.add(value == null ? "" : value);
        }
        if (known != row.size()) {
            throw new IllegalStateException(object.fileName() + " has no column for one of " + row.keySet());
        }
        file.csv().writeRecord(cells);
        file.rows()[0]++;
    }

    int rows(ExportObject object) {
        OpenFile file = files.get(object);
        return file == null ? 0 : file.rows()[0];
    }

    private OpenFile file(ExportObject object) {
        try {
            if (!files.containsKey(object)) {
                open(object, object.columns());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OpenFile file = files.get(object);
        if (file == null) {
            throw new IllegalStateException("not open: " + object);
        }
        return file;
    }

    /** Gives the files their names. Nothing can be written afterwards. */
    void commit() throws IOException {
        for (OpenFile file : files.values()) {
            file.csv().close();
        }
        for (OpenFile file : files.values()) {
            Files.move(file.unfinished(), file.target(), StandardCopyOption.REPLACE_EXISTING);
        }
        committed = true;
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            for (OpenFile file : files.values()) {
                file.csv().close();
                Files.deleteIfExists(file.unfinished());
            }
        }
    }
}
