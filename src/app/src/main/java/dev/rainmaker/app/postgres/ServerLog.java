package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the server writes: {@code start.log} until its own log is open, then one file per weekday. */
final class ServerLog {
    private static final int MOST = 65_536;

    private final Path folder;
    private final Map<Path, Long> sizesBefore = new HashMap<>();

    ServerLog(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path startFile() {
        return folder.resolve("start.log");
    }

    /** Makes the folder and an empty start file, and marks where this start's lines will begin. */
    void prepare(ServerAccount account) {
        try {
            Files.createDirectories(folder);
            Files.writeString(startFile(), "");
            account.own(folder);
            sizesBefore.clear();
            for (Path file : files()) {
                sizesBefore.put(file, Files.size(file));
            }
        } catch (IOException failed) {
            throw new PostgresFault(
                    IoReason.sentence("The ledger server's log cannot be written in", folder, failed), failed);
        }
    }

    /** What was written since {@link #prepare}. */
    String sinceStart() {
        try {
            StringBuilder text = new StringBuilder(from(startFile(), 0));
            for (Path file : files()) {
                text.append(from(file, sizesBefore.getOrDefault(file, 0L)));
            }
            return text.toString();
        } catch (IOException unreadable) {
            return "";
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ledger-"))
                    .sorted()
                    .toList();
        }
    }

    private static String from(Path file, long start) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long length = bytes.length();
            long begin = Math.max(start <= length ? start : 0, length - MOST);
            byte[] tail = new byte[(int) (length - begin)];
            bytes.seek(begin);
            bytes.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        }
    }
}
