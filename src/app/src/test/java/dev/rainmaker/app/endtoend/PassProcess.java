package dev.rainmaker.app.endtoend;

import dev.rainmaker.app.Main;
import dev.rainmaker.app.cli.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A pass in a process of its own, which can be told to kill itself as {@code kill -9} would. */
record PassProcess(Path folder, Path configuration, Path state, Instant asOf, Map<String, String> environment) {

    Process start(String crashAt) throws IOException {
        ProcessBuilder pass = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Drainmaker.home=" + Home.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "sync",
                "--config",
                configuration.toString(),
                "--state",
                state.toString(),
                "--as-of",
                asOf.toString());
        pass.environment().putAll(environment);
        if (crashAt != null) {
            pass.environment().put("RAINMAKER_CRASH_AT", crashAt);
        }
        return pass.redirectErrorStream(true)
                .redirectOutput(folder.resolve("pass.log").toFile())
                .start();
    }

    /** Runs a pass that must kill itself at the point. */
    void crashAt(String point) throws Exception {
        Process pass = start(point);
        if (!pass.waitFor(120, TimeUnit.SECONDS)) {
            pass.destroyForcibly();
        }
        if (pass.waitFor() != 137) {
            throw new AssertionError(
                    "the pass was to die at " + point + " but ended with " + pass.exitValue() + ": " + said());
        }
    }

    String said() throws IOException {
        return Files.readString(folder.resolve("pass.log"));
    }
}
