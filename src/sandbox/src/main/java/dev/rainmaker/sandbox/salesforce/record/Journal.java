package dev.rainmaker.sandbox.salesforce.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The org on disk: {@code org-N.jsonl}, one JSON line per transaction, appended before the answer goes out. A kill can
 * tear the last line only, which no client was told of; it is cut off at the next start. Compaction writes the live state
 * into {@code org-N+1.jsonl} and takes the old file away.
 */
final class Journal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS_PER_LINE = 500;
    private static final int SMALLEST_COMPACTION = 20_000;

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;
    private int generation;
    private FileChannel file;
    private long rowsWritten;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private Journal(Path folder, FileChannel lockFile, FileLock lock, int generation) throws IOException {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
        this.generation = generation;
        cutTornLine(path(generation));
        this.file = append(path(generation));
    }

    static Journal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            lockFile.close();
            throw new IOException("another sandbox uses the state folder " + folder
                    + "; stop it or choose another folder with --state");
        }
        int latest = 1;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.toList()) {
                latest = Math.max(latest, generation(path));
            }
        }
        return new Journal(folder, lockFile, lock, latest);
    }

    private static int generation(Path path) {
        String name = path.getFileName().toString();
        return name.matches("org-\\d+\\.jsonl") ? Integer.parseInt(name.substring(4, name.length() - 6)) : 0;
    }

    private Path path(int number) {
        return folder.resolve("org-" + number + ".jsonl");
    }

    private static FileChannel append(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void cutTornLine(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (RandomAccessFile content = new RandomAccessFile(path.toFile(), "rw")) {
            long end = content.length();
            while (end > 0) {
                content.seek(end - 1);
                if (content.read() == '\n') {
                    break;
                }
                end--;
            }
            if (end < content.length()) {
                content.setLength(end);
            }
        }
    }

    void replay(Org org) throws IOException {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(path(generation), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                replayLine(org, JSON.readTree(line));
            }
        } catch (IOException | Refused | FieldValue.WrongType | IllegalArgumentException e) {
            throw new IOException(
                    path(generation) + " line " + number + " cannot be read: " + e.getMessage()
                            + "; restore the file or start with an empty state folder",
                    e);
        }
    }

    private void replayLine(Org org, JsonNode line) throws Refused, FieldValue.WrongType {
        for (Iterator<Map.Entry<String, JsonNode>> it = line.path("properties").fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> property = it.next();
            properties.put(property.getKey(), property.getValue().asText());
        }
        for (JsonNode field : line.path("fields")) {
            ObjectType type = org.schema().required(field.get("object").asText());
            String definition = field.get("definition").asText();
            org.schema().addField(type, definition);
            fields.put(type.name() + " " + definition, type.name());
        }
        for (JsonNode put : line.path("puts")) {
            ObjectType type = org.schema().required(put.get("object").asText());
            org.restore(readRow(org, type, put.get("values")));
            rowsWritten++;
        }
    }

    private static Row readRow(Org org, ObjectType type, JsonNode sent) throws Refused, FieldValue.WrongType {
        @Nullable Row before = org.table(type).find(sent.get("Id").asText()).orElse(null);
        @Nullable Object[] values = before == null ? new @Nullable Object[type.width()] : before.copyOfValues();
        for (Iterator<Map.Entry<String, JsonNode>> it = sent.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = it.next();
            Field field = type.required(entry.getKey());
            values[field.index()] = FieldValue.fromJson(field, entry.getValue());
        }
        return new Row(type, values);
    }

    void append(Transaction transaction) {
        if (transaction.changes().isEmpty()) {
            return;
        }
        writeLine(json -> {
            json.writeStringField("at", ApiTime.format(transaction.stamp()));
            json.writeStringField("by", transaction.actor().userId());
            json.writeStringField("via", transaction.actor().channel().name());
            json.writeArrayFieldStart("puts");
            for (Transaction.Change change : transaction.changes()) {
                writePut(json, change.before(), change.after());
            }
            json.writeEndArray();
        });
        rowsWritten += transaction.changes().size();
    }

    void appendField(ObjectType type, String definition) {
        fields.put(type.name() + " " + definition, type.name());
        writeLine(json -> writeFields(json, Map.of(type.name() + " " + definition, type.name())));
    }

    @Nullable
    String property(String name) {
        return properties.get(name);
    }

    void property(String name, String value) {
        properties.put(name, value);
        writeLine(json -> {
            json.writeObjectFieldStart("properties");
            json.writeStringField(name, value);
            json.writeEndObject();
        });
    }

    private static void writeFields(JsonGenerator json, Map<String, String> definitions) throws IOException {
        json.writeArrayFieldStart("fields");
        for (Map.Entry<String, String> definition : definitions.entrySet()) {
            json.writeStartObject();
            json.writeStringField("object", definition.getValue());
            json.writeStringField(
                    "definition",
                    definition.getKey().substring(definition.getValue().length() + 1));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePut(JsonGenerator json, @Nullable Row before, Row after) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", after.type().name());
        json.writeObjectFieldStart("values");
        json.writeStringField("Id", after.id());
        for (Field field : after.type().allFields()) {
            Object value = after.value(field);
            Object old = before == null ? null : before.value(field);
            if (field.index() != ObjectType.ID && !Objects.equals(value, old)) {
                json.writeFieldName(field.name());
                if (value == null) {
                    json.writeNull();
                } else {
                    json.writeString(FieldValue.asText(value));
                }
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private void writeLine(Body body) {
        try {
            writeLine(file, body);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the state folder " + folder + " cannot be written (" + e.getMessage() + "); nothing was saved", e);
        }
    }

    private static void writeLine(FileChannel to, Body body) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.getFactory().createGenerator(line)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        }
        line.write('\n');
        long end = to.size();
        ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            // Half a line, as a full disk leaves it, must not get the next one appended.
            to.truncate(end);
            throw e;
        }
    }

    /** Rewrites the file when more than half of what it says has been replaced since. */
    void compactIfWorthIt(Org org) throws IOException {
        List<Row> live = org.everything();
        if (rowsWritten < SMALLEST_COMPACTION || rowsWritten < 2L * live.size()) {
            return;
        }
        compact(live);
    }

    void compact(List<Row> live) throws IOException {
        Path partial = folder.resolve("org-next.tmp");
        try (FileChannel next = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeLine(next, json -> {
                json.writeObjectFieldStart("properties");
                for (Map.Entry<String, String> property : properties.entrySet()) {
                    json.writeStringField(property.getKey(), property.getValue());
                }
                json.writeEndObject();
                writeFields(json, fields);
            });
            for (int from = 0; from < live.size(); from += ROWS_PER_LINE) {
                List<Row> rows = live.subList(from, Math.min(live.size(), from + ROWS_PER_LINE));
                writeLine(next, json -> {
                    json.writeArrayFieldStart("puts");
                    for (Row row : rows) {
                        writePut(json, null, row);
                    }
                    json.writeEndArray();
                });
            }
            next.force(true);
        }
        Path old = path(generation);
        generation++;
        Files.move(partial, path(generation), StandardCopyOption.ATOMIC_MOVE);
        file.close();
        file = append(path(generation));
        rowsWritten = live.size();
        Files.delete(old);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path(generation));
    }

    @Override
    public void close() {
        try {
            if (file.isOpen()) {
                file.force(true);
                file.close();
                lock.release();
                lockFile.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + folder + " cannot be closed", e);
        }
    }
}
