package dev.rainmaker.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The same receipts in another process, in another locale and time zone, and on every Java of version 17 or newer that is
 * installed beside the running one ({@code -Drainmaker.jdks=FOLDER}, default {@code /usr/lib/jvm}).
 */
class OtherJavaTest {

    @Test
    void receiptsAreTheSameBytesInAnotherProcessAndOnOtherVersionsOfJava() throws Exception {
        String expected = ReplayTest.digestOfAThousandReceipts();
        Map<String, String> found = new LinkedHashMap<>();
        for (Path home : homes()) {
            String answer = run(home.resolve("bin/java"));
            if (!answer.isEmpty()) {
                found.put(home.toString(), answer);
            }
        }
        System.out.println("same receipts on " + found.keySet());
        assertThat(found).isNotEmpty();
        assertThat(found.values()).allMatch(answer -> answer.equals(expected));
    }

    private static Iterable<Path> homes() throws IOException {
        Map<Path, Path> homes = new LinkedHashMap<>();
        Path own = Path.of(System.getProperty("java.home"));
        homes.put(own.toRealPath(), own);
        Path folder = Path.of(System.getProperty("rainmaker.jdks", "/usr/lib/jvm"));
        if (Files.isDirectory(folder)) {
            try (Stream<Path> installed = Files.list(folder)) {
                for (Path each : installed.sorted().toList()) {
                    if (Files.isExecutable(each.resolve("bin/java"))) {
                        homes.putIfAbsent(each.toRealPath(), each);
                    }
                }
            }
        }
        return homes.values();
    }

    /** What the process says; empty where that Java is too old for our classes. */
    private static String run(Path java) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Pacific/Apia",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Digest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        if (said.contains("UnsupportedClassVersionError")) {
            return "";
        }
        assertThat(process.exitValue()).as(java + ": " + said).isZero();
        return said.lines().reduce((first, last) -> last).orElse("");
    }

    /** The other process. */
    static final class Digest {
        private Digest() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(ReplayTest.digestOfAThousandReceipts());
        }
    }
}
