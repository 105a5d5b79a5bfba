package dev.rainmaker.sandbox.world;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The sources that can be turned into a Salesforce data-export folder, by name. */
public final class Importers {
    private static final List<String> NAMES = List.of("adventureworks", "maven-crm");

    private Importers() {}

    /** The names that {@link #run} knows. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Imports one source into an export folder that may hold records of others; the same import again changes nothing.
     *
     * @param name one of {@link #names()}
     * @param source folder with the source's CSV files
     * @param out export folder, made if absent
     * @return what was imported, one line for people
     * @throws IllegalArgumentException if no importer has this name
     * @throws UnreadableSource if a file is missing or broken; the folder is then unchanged
     * @throws IOException if the folder cannot be written
     */
    public static String run(String name, Path source, Path out) throws IOException {
        return switch (name) {
            case "adventureworks" -> AdventureWorksImport.run(source, out);
            case "maven-crm" -> MavenCrmImport.run(source, out);
            default ->
                throw new IllegalArgumentException(
                        "no importer is called '" + name + "'; there are " + String.join(", ", NAMES));
        };
    }
}
