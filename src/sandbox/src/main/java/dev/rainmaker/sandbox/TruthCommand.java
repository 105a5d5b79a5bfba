package dev.rainmaker.sandbox;

import dev.rainmaker.sandbox.world.TruthTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes what is true of a generated world's open leads, for who judges assignments. */
@Command(
        name = "truth",
        description = "Write how likely each partner truly is to win each open lead of a generated world, as CSV.",
        mixinStandardHelpOptions = true)
final class TruthCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FOLDER", description = "Export folder of a generated world.")
    private Path folder = Path.of(".");

    @Parameters(index = "1", paramLabel = "FILE", description = "The CSV file to write.")
    private Path file = Path.of(".");

    @Override
    public Integer call() throws Exception {
        System.out.println(TruthTable.write(folder, file) + " rows");
        return 0;
    }
}
