package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the server writes: {@code start.log} until its own log is open, then one file per weekday. */
record ServerLog(Path folder) {
    private static final int TAIL_BYTES = 16_384;

    Path startFile() {
        return folder.resolve("start.log");
    }

    /** Makes the folder and an empty start file. */
    void prepare(ServerAccount account) {
        try {
            Files.createDirectories(folder);
            Files.writeString(startFile(), "");
            account.own(folder);
        } catch (IOException failed) {
            throw new PostgresFault(
                    IoReason.sentence("The ledger server's log cannot be written in", folder, failed), failed);
        }
    }

    String startText() {
        return tail(startFile());
    }

    /** The line of the last start that says most, without its time and process; empty if there is none. */
    String lastWords() {
        String start = Command.Ended.lastWords(startText());
        String line = start.matches(".*(FATAL|PANIC).*")
                ? start
                : newest().map(file -> Command.Ended.lastWords(tail(file)))
                        .filter(text -> !text.isEmpty())
                        .orElse(start);
        return line.replaceFirst("^[-0-9]{10} [0-9:.]+ UTC \\[\\d+\\] ", "");
    }

    private Optional<Path> newest() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ledger-"))
                    .max(Comparator.comparing(ServerLog::modified));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static String tail(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int from = Math.max(0, bytes.length - TAIL_BYTES);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (IOException none) {
            return "";
        }
    }
}
