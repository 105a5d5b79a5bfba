package dev.rainmaker.lifetimevalue.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Reference files outside the project; tests that need one skip where it is absent. */
public final class Shared {

    private Shared() {}

    public static Path file(String name) {
        Path path = Path.of(System.getProperty("rainmaker.shared", "../shared"), name);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: reference file " + name + " is not here");
        return path;
    }

    public static List<String> lines(String name) {
        try {
            return Files.readAllLines(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode golden() {
        try {
            return new ObjectMapper().readTree(file("data/golden.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double[] numbers(JsonNode array) {
        double[] result = new double[array.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = array.get(i).asDouble();
        }
        return result;
    }
}
