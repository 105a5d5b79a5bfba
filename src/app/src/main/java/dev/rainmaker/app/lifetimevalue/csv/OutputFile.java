package dev.rainmaker.app.lifetimevalue.csv;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside its place and moves it there, so that nobody reads half a file. */
public final class OutputFile {

    /** What is written. */
    public interface Content {
        void writeTo(Writer out) throws IOException;
    }

    private OutputFile() {}

    /**
     * Writes.
     *
     * @throws CsvFault if the place cannot be written to
     */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new CsvFault("cannot write " + file + ": it is a folder");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CsvFault("cannot write " + file + ": there is no folder " + folder);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (Writer out = Files.newBufferedWriter(file)) {
                content.writeTo(out);
            }
            return;
        }
        Path part = folder.resolve("." + file.getFileName() + ".part");
        try {
            try (Writer out = Files.newBufferedWriter(part)) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
