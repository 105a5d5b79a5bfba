package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.progress.TerminalProgress;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every verb takes. */
final class CommonOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration (default: rainmaker.yaml in the working folder)")
    @Nullable
    Path config;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = "${env:RAINMAKER_STATE:-.rainmaker}",
            description = "where ledger, keys and logs live (default: $RAINMAKER_STATE, else .rainmaker)")
    Path state = Path.of(".rainmaker");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or csv where rows are data (default: table)")
    Output output = Output.table;

    @Option(names = "--verbose", description = "show details of errors and what happens inside")
    boolean verbose;

    /** The configuration; throws {@link ConfigurationException} where there is none or it is wrong. */
    RainmakerConfiguration configuration() {
        Path file = config == null ? Path.of("rainmaker.yaml") : config;
        if (!Files.exists(file)) {
            throw new ConfigurationException(new Place(file.toString(), 1, 1)
                    .problem(
                            "there is no such file; write one (docs/configuration.md), give its place with --config, or try "
                                    + "`./rainmaker demo`, which needs none"));
        }
        return RainmakerConfiguration.load(file);
    }

    /** Progress on the error stream: a living line on a terminal, plain lines elsewhere, nothing where not wanted. */
    static TerminalProgress progress() {
        return new TerminalProgress(System.err, Clock.systemUTC(), System.console() != null);
    }
}
