package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.ConnectionSettings;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.SourceRecord;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What mappings make of records. */
@Command(
        name = "map",
        description = "What mappings make of records.",
        mixinStandardHelpOptions = true,
        subcommands = MapCommand.Preview.class)
final class MapCommand implements Runnable {

    @picocli.CommandLine.Spec
    picocli.CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Which? See rainmaker map --help");
        }
    }

    /** One record: source beside result. */
    @Command(
            name = "preview",
            description = "One record of a system: each source value beside what the mapping makes of it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: rainmaker map preview --connection crm --stream Lead --record 00Q5e00000AbCdEFGH"})
    static final class Preview implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(names = "--connection", paramLabel = "NAME", description = "(default: the only one)")
        @Nullable
        String connection;

        @Option(names = "--stream", paramLabel = "NAME", description = "(default: the stream that has the record)")
        @Nullable
        String stream;

        @Option(names = "--record", required = true, paramLabel = "ID", description = "the record's id")
        String record = "";

        @Override
        public Integer call() {
            var configuration = common.configuration();
            for (ConnectionSettings settings : Chosen.of(configuration, connection)) {
                Mappings mappings = Mappings.load(configuration.mappings(), settings.type());
                try (LiveConnection live =
                        new LiveConnection(settings.name(), settings.type(), settings.open(), mappings)) {
                    for (StreamMapping mapping : live.streams()) {
                        if ((stream == null || mapping.stream().equals(stream)) && shown(live, mapping)) {
                            return ExitCode.DONE;
                        }
                    }
                }
            }
            throw new UserError("No " + (stream == null ? "mapped stream" : stream) + " has a record " + record + ".");
        }

        private boolean shown(LiveConnection live, StreamMapping mapping) {
            List<SourceRecord> found =
                    live.connector().fetch(mapping.stream(), List.of(record), live.readable(mapping), CallPurpose.READ);
            if (found.isEmpty()) {
                return false;
            }
            var preview = mapping.preview(live.name(), found.get(0));
            if (common.output == Output.json) {
                Output.json(System.out, preview);
                return true;
            }
            System.out.println(live.name() + "/" + mapping.stream() + " " + record);
            Table table = new Table("FACT", "FIELD", "SOURCE", "RESULT", "RULE");
            preview.forEach(line -> table.row(
                    line.kind().word(),
                    line.target(),
                    line.source().toString().replaceAll("[{}]", ""),
                    line.problem().map(problem -> "PROBLEM: " + problem).orElse(String.valueOf(line.result())),
                    line.rule()));
            table.print(System.out);
            return true;
        }
    }
}
