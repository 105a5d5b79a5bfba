package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of an operating system's program, with what it wrote. */
final class Command {

    /** How it ended. {@code output}: standard output and error together. */
    record Ended(int status, String output) {

        boolean well() {
            return status == 0;
        }

        /** The line that says why, see {@link Cause#in}. */
        String cause() {
            return Cause.in(output);
        }
    }

    private Command() {}

    /**
     * Runs a program to its end. Its environment is this process's without PostgreSQL's own variables, messages in English.
     *
     * @throws PostgresFault if it cannot be run or takes longer than {@code limit}; it is killed then
     */
    static Ended run(List<String> words, Path workingFolder, Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words));
        builder.directory(workingFolder.toFile());
        builder.redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException notThere) {
            throw new PostgresFault(
                    "The program " + words.get(0) + " cannot be run: " + notThere.getMessage(), notThere);
        }
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new PostgresFault("The program " + words.get(0) + " did not end within " + limit.toSeconds()
                        + " s and was killed.");
            }
            return new Ended(process.exitValue(), output.get(5, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new PostgresFault("Interrupted while " + words.get(0) + " was running.", interrupted);
        } catch (ExecutionException | TimeoutException noOutput) {
            return new Ended(process.exitValue(), "");
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }
}
