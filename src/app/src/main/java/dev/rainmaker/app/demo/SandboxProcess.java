package dev.rainmaker.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.app.ledger.FactJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The sandbox in a process of its own; it ends with this one, however this one ends. */
final class SandboxProcess implements AutoCloseable {

    private final Process process;
    private final JsonNode ready;

    private SandboxProcess(Process process, JsonNode ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param jar the sandbox's program
     * @param arguments after {@code start}
     * @param log where its error output goes
     * @throws IllegalStateException with its last words if it does not come up
     */
    static SandboxProcess start(Path jar, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-jar",
                jar.toString(),
                "start",
                "--with-parent"));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new SandboxProcess(process, awaitReady(process, log));
        } catch (IOException failed) {
            throw new UncheckedIOException("The sandbox cannot be started", failed);
        }
    }

    private static JsonNode awaitReady(Process process, Path log) throws IOException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                String first = new BufferedReader(
                                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
                return first == null ? "" : first;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        String first;
        try {
            first = line.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            process.destroy();
            throw new IllegalStateException("The sandbox did not come up: " + lastWords(log), failed);
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sandbox started", stopped);
        }
        if (!first.startsWith("{")) {
            process.destroy();
            throw new IllegalStateException("The sandbox did not come up: " + first + " " + lastWords(log));
        }
        return FactJson.MAPPER.readTree(first);
    }

    private static String lastWords(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** A member of what it said of itself, such as {@code salesforce.url}. */
    String said(String vendor, String member) {
        return ready.path(vendor).path(member).asText();
    }

    /** Whether it runs this system. */
    boolean runs(String vendor) {
        return ready.has(vendor);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
