package dev.rainmaker.sandbox.world;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The public data sets beside the project; tests that need them are skipped where they are absent. */
final class SharedData {
    private SharedData() {}

    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("rainmaker.shared", "../shared"))
                .resolve("data")
                .resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "skipped: the data set data/" + name + " of the shared folder is absent");
        return folder;
    }
}
