package dev.rainmaker.sandbox;

import dev.rainmaker.sandbox.world.Importers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Turns a public data set into an export folder. */
@Command(
        name = "import",
        description = "Turn a public data set into a Salesforce data-export folder.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    /** For the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Importers.names().iterator();
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            completionCandidates = Names.class,
            description = "${COMPLETION-CANDIDATES}")
    private String name = "";

    @Parameters(index = "1", paramLabel = "SOURCE_FOLDER", description = "Folder with the source's files.")
    private Path source = Path.of(".");

    @Parameters(index = "2", paramLabel = "OUT_FOLDER", description = "Export folder; may hold other imports already.")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws Exception {
        System.out.println(Importers.run(name, source, out));
        return 0;
    }
}
