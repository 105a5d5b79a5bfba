package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.csv.ModelFile;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns a model from a CSV of transactions. */
@Command(
        name = "fit",
        description = "Learns a model from a CSV of won deals: no database, no server.",
        mixinStandardHelpOptions = true)
final class PlvFitCommand implements Callable<Integer> {

    @Mixin
    PlvCsvInput input = new PlvCsvInput();

    @Option(names = "--out", paramLabel = "MODEL.json", required = true, description = "where the model is written")
    @Nullable
    Path out;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: table)")
    Output output = Output.table;

    @Option(names = "--verbose", description = "show details of errors")
    boolean verbose;

    @Override
    public Integer call() throws IOException {
        PlvPolicy policy = input.policy();
        Transactions deals = input.transactions();
        PlvCsvModel learned = PlvCsvModel.learn(input, deals, policy);
        if (out != null) {
            new ModelFile(learned.fitted(), policy, deals.currency()).write(out);
        }
        if (output == Output.json) {
            Output.json(System.out, learned.summary(deals, input));
        } else {
            learned.print(System.out, deals);
            System.out.println("written to   " + out);
        }
        return input.tell(System.err, deals.size());
    }
}
