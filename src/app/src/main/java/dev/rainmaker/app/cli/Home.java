package dev.rainmaker.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Rainmaker's own files lie: mappings, policies, routes, the sandbox's jar. */
public final class Home {

    private Home() {}

    /** The folder given as {@code rainmaker.home} or {@code RAINMAKER_HOME}, else the working folder. */
    public static Path folder() {
        String given = System.getProperty("rainmaker.home", System.getenv("RAINMAKER_HOME"));
        return given == null
                ? Path.of("").toAbsolutePath()
                : Path.of(given).toAbsolutePath().normalize();
    }

    /** The sandbox's runnable jar, beside the installation or in the build's output. */
    public static Optional<Path> sandboxJar() {
        return Stream.of(
                        folder().resolve("rainmaker-sandbox.jar"),
                        folder().resolve("src/sandbox/target/rainmaker-sandbox.jar"))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
