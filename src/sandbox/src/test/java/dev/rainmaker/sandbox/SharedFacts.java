package dev.rainmaker.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Contract data that is not part of this project, where the property rainmaker.shared names its folder. */
public final class SharedFacts {

    private SharedFacts() {}

    /** A JSON file below contracts/; the test is skipped where there is none. */
    public static JsonNode contract(String path) throws IOException {
        Path file = Path.of(System.getProperty("rainmaker.shared", ""), "contracts", path);
        assumeTrue(Files.exists(file), "not run: -Drainmaker.shared=FOLDER names no folder with contracts/" + path);
        return new ObjectMapper().readTree(file.toFile());
    }
}
