package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.ConnectionSettings;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.StreamDescription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what a system offers. */
@Command(
        name = "discover",
        description = "List the streams a system offers, or with --stream the fields of one.",
        mixinStandardHelpOptions = true)
final class DiscoverCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "only this one (default: all)")
    @Nullable
    String connection;

    @Option(names = "--stream", paramLabel = "NAME", description = "show the fields of this stream")
    @Nullable
    String stream;

    @Override
    public Integer call() {
        Map<String, List<StreamDescription>> found = new TreeMap<>();
        for (ConnectionSettings settings : Chosen.of(common.configuration(), connection)) {
            try (Connector connector = settings.open()) {
                found.put(
                        settings.name(),
                        connector.discover().stream()
                                .filter(each -> stream == null || each.name().equalsIgnoreCase(stream))
                                .toList());
            }
        }
        if (common.output == Output.json) {
            Output.json(System.out, found);
            return ExitCode.DONE;
        }
        found.forEach((name, streams) -> print(name, streams));
        return ExitCode.DONE;
    }

    private void print(String name, List<StreamDescription> streams) {
        if (stream == null) {
            Table table = new Table("CONNECTION", "STREAM", "LABEL", "FIELDS");
            streams.forEach(each ->
                    table.row(name, each.name(), each.label(), each.fields().size()));
            table.print(System.out);
            return;
        }
        if (streams.isEmpty()) {
            throw new UserError("Connection " + name + " offers no stream \"" + stream + "\"; `rainmaker discover "
                    + name + "` lists those it does.");
        }
        Table table = new Table("FIELD", "TYPE", "WRITABLE", "CUSTOM", "LABEL");
        streams.get(0)
                .fields()
                .forEach(field -> table.row(
                        field.name(),
                        field.type(),
                        field.writable() ? "yes" : "no",
                        field.custom() ? "yes" : "no",
                        field.label()));
        table.print(System.out);
    }
}
