package dev.rainmaker.sandbox.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Clients that others wrote, installed with npm from a lock file into target/, and run through node as they are. */
final class Judge {

    private static final Path SOURCE = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "judges");

    private Judge() {}

    /** Runs a script of src/test/node; without npm, or without a way to packages, the test is skipped and says so. */
    static void run(String script, Map<String, String> environment) throws Exception {
        install();
        Files.copy(SOURCE.resolve(script), FOLDER.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder node =
                new ProcessBuilder("node", script).directory(FOLDER.toFile()).redirectErrorStream(true);
        node.environment().putAll(environment);
        assertThat(output(node, 120)).endsWith("ALL GOOD");
    }

    private static synchronized void install() throws IOException, InterruptedException {
        if (!runs("node") || !runs("npm")) {
            abort("not run: there is no npm here, so no client of others can be installed");
        }
        Files.createDirectories(FOLDER);
        Path done = FOLDER.resolve("installed");
        byte[] lock = Files.readAllBytes(SOURCE.resolve("package-lock.json"));
        if (Files.exists(done) && java.util.Arrays.equals(Files.readAllBytes(done), lock)) {
            return;
        }
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder npm = new ProcessBuilder(
                        "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true);
        Process process = npm.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            abort("not run: npm could not install the clients: "
                    + said.lines().findFirst().orElse(""));
        }
        Files.write(done, lock);
    }

    private static boolean runs(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(ProcessBuilder program, int seconds) throws IOException, InterruptedException {
        Process process = program.start();
        process.getOutputStream().close();
        Thread guard = new Thread(() -> {
            try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        });
        guard.setDaemon(true);
        guard.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }
}
