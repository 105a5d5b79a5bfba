package dev.rainmaker.sandbox.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents by collection and key, in memory and in {@code shelf.jsonl}: one line per call of {@link #put}, written before it
 * returns, so a kill loses nothing that was answered. A torn last line is cut off at the next start; a file that mostly holds
 * replaced documents is written anew then. Documents are not to be changed after they were put.
 */
public final class Shelf implements AutoCloseable {

    /** A document to keep; null takes it away. */
    public record Put(
            String collection, String key, @Nullable JsonNode document) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILLING = "filling";
    private static final int SMALLEST_REWRITE = 20_000;

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final Map<String, Map<String, JsonNode>> collections = new LinkedHashMap<>();
    private FileChannel file;
    private long written;

    private Shelf(Path folder, FileChannel lockFile, FileLock lock) throws IOException {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
        cutTornLine(path());
        replay();
        rewriteIfWorthIt();
        this.file = FileChannel.open(path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Opens the folder, which one process at a time may do.
     *
     * @throws IOException if it is in use or cannot be read; the message says what to do
     */
    public static Shelf open(Path folder) throws IOException {
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
        return new Shelf(folder, lockFile, lock);
    }

    /** Opens the folder; what an interrupted filling left is thrown away. */
    public static Shelf openFilled(Path folder) throws IOException {
        Shelf shelf = open(folder);
        if (shelf.size(FILLING) == 0 || shelf.filled()) {
            return shelf;
        }
        Path path = shelf.path();
        shelf.close();
        Files.delete(path);
        return open(folder);
    }

    /** Whether {@link #setFilled} was called; a shelf opened for the first time is being filled from now on. */
    public boolean filled() {
        if (find(FILLING, "done").isPresent()) {
            return true;
        }
        put(FILLING, "begun", JSON.getNodeFactory().booleanNode(true));
        return false;
    }

    /** The first content is complete. */
    public void setFilled() {
        put(FILLING, "done", JSON.getNodeFactory().booleanNode(true));
    }

    private Path path() {
        return folder.resolve("shelf.jsonl");
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

    private void replay() throws IOException {
        if (!Files.exists(path())) {
            return;
        }
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(path(), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                for (JsonNode put : JSON.readTree(line)) {
                    keep(new Put(
                            put.path(0).asText(),
                            put.path(1).asText(),
                            put.path(2).isNull() ? null : put.get(2)));
                    written++;
                }
            }
        } catch (IOException e) {
            throw new IOException(
                    path() + " line " + number
                            + " cannot be read; restore the file or start with an empty state folder",
                    e);
        }
    }

    private void rewriteIfWorthIt() throws IOException {
        List<Put> live = new ArrayList<>();
        collections.forEach((collection, documents) ->
                documents.forEach((key, document) -> live.add(new Put(collection, key, document))));
        if (written < SMALLEST_REWRITE || written < 2L * live.size()) {
            return;
        }
        Path partial = folder.resolve("shelf.tmp");
        try (FileChannel next = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (Put put : live) {
                write(next, List.of(put));
            }
            next.force(true);
        }
        Files.move(partial, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = live.size();
    }

    private void keep(Put put) {
        Map<String, JsonNode> documents = collections.computeIfAbsent(put.collection(), key -> new LinkedHashMap<>());
        if (put.document() == null) {
            documents.remove(put.key());
        } else {
            documents.put(put.key(), put.document());
        }
    }

    /** Keeps all of them or, if the folder cannot be written, none. */
    public synchronized void put(List<Put> puts) {
        if (puts.isEmpty()) {
            return;
        }
        try {
            write(file, puts);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the state folder " + folder + " cannot be written (" + e.getMessage() + "); nothing was saved", e);
        }
        puts.forEach(this::keep);
        written += puts.size();
    }

    public void put(String collection, String key, JsonNode document) {
        put(List.of(new Put(collection, key, document)));
    }

    public void remove(String collection, String key) {
        put(List.of(new Put(collection, key, null)));
    }

    /** The document, not to be changed. */
    public synchronized Optional<JsonNode> find(String collection, String key) {
        return Optional.ofNullable(
                collections.getOrDefault(collection, Map.of()).get(key));
    }

    /** All documents of a collection in the order in which they came first. */
    public synchronized Map<String, JsonNode> all(String collection) {
        return new LinkedHashMap<>(collections.getOrDefault(collection, Map.of()));
    }

    public synchronized int size(String collection) {
        return collections.getOrDefault(collection, Map.of()).size();
    }

    private static void write(FileChannel to, List<Put> puts) throws IOException {
        ArrayNode line = JSON.createArrayNode();
        for (Put put : puts) {
            line.addArray().add(put.collection()).add(put.key()).add(put.document());
        }
        byte[] json = JSON.writeValueAsBytes(line);
        ByteBuffer bytes =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        long end = to.size();
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

    /** An object to fill and put. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    @Override
    public synchronized void close() {
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
