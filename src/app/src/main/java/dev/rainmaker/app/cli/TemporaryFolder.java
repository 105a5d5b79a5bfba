package dev.rainmaker.app.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that lives as long as one command. */
final class TemporaryFolder {

    private TemporaryFolder() {}

    /** Made so that the ledger's server, which may run under another account, can pass through it; what is secret in it is not readable. */
    static Path create() throws IOException {
        Path folder = Files.createTempDirectory("rainmaker-demo");
        FileStore store = Files.getFileStore(folder);
        if (store.supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        }
        return folder;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
