package dev.rainmaker.app.mapping;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.connector.StreamNeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The mappings of one vendor: one file per stream in {@code mappings/<vendor>/}. */
public final class Mappings {

    private final Map<String, StreamMapping> streams;

    private Mappings(Map<String, StreamMapping> streams) {
        this.streams = Collections.unmodifiableMap(streams);
    }

    /**
     * Reads every {@code .yaml} file of a vendor's folder.
     *
     * @throws ConfigurationException with every problem of every file
     */
    public static Mappings load(Path folder, String vendor) {
        Path vendorFolder = folder.resolve(vendor);
        List<Problem> problems = new ArrayList<>();
        Map<String, StreamMapping> streams = new LinkedHashMap<>();
        for (Path file : files(vendorFolder)) {
            try {
                StreamMapping mapping = read(file);
                if (streams.putIfAbsent(mapping.stream(), mapping) != null) {
                    problems.add(Problem.ofFile(
                            file.toString(),
                            "maps stream \"" + mapping.stream() + "\", which another file maps already",
                            "one file per stream"));
                }
            } catch (ConfigurationException wrong) {
                problems.addAll(wrong.problems());
            }
        }
        if (streams.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.ofFile(
                    vendorFolder.toString(), "has no mapping files", "a connection of this type needs at least one"));
        }
        ConfigurationException.throwIfAny(problems);
        return new Mappings(streams);
    }

    /** Reads one mapping file. */
    public static StreamMapping read(Path file) {
        return new MappingReader(YamlDocument.read(file)).read();
    }

    /** Reads one mapping from a text; {@code name} stands for the file in errors. */
    public static StreamMapping parse(String name, String text) {
        return new MappingReader(YamlDocument.parse(name, text)).read();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(Problem.ofFile(
                    folder.toString(), "does not exist", "create the folder with one mapping file per stream"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** In the order of the files' names. */
    public Collection<StreamMapping> streams() {
        return streams.values();
    }

    public Optional<StreamMapping> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** What {@link dev.rainmaker.connector.Connector#check} should look for. */
    public List<StreamNeed> needs() {
        return streams.values().stream().map(StreamMapping::need).toList();
    }
}
