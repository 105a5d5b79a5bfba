package dev.rainmaker.app.cli;

import dev.rainmaker.app.ledger.LedgerException;
import dev.rainmaker.app.postgres.PostgresFault;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.connector.ConnectorFault;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs, and how failures are told. */
@Command(
        name = "rainmaker",
        description = "Assigns leads to the right partner, says why, and keeps the CRM in step.",
        synopsisSubcommandLabel = "VERB",
        mixinStandardHelpOptions = true,
        versionProvider = RainmakerCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            WarmUpCommand.class,
            ServeCommand.class,
            CheckCommand.class,
            DiscoverCommand.class,
            SetupCommand.class,
            SyncCommand.class,
            StatusCommand.class,
            RunsCommand.class,
            ValidateCommand.class,
            SchedulesCommand.class,
            PlvCommand.class,
            AssignCommand.class,
            PolicyCommand.class,
            DealCommand.class,
            LockCommand.class,
            RevenueCommand.class,
            MapCommand.class,
            PeopleCommand.class,
            DeadLettersCommand.class,
            SandboxCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 done with rejects, 4 check failed, 130 interrupted.",
            "Example: rainmaker sync crm --state /var/lib/rainmaker"
        })
public final class RainmakerCommand implements Runnable {

    private static volatile List<String> arguments = List.of();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Which verb? For the main job at once: ./rainmaker demo");
        }
    }

    /** Runs the verb in {@code args} and returns the exit code. */
    public static int run(String[] args) {
        arguments = List.of(args);
        boolean verbose = Arrays.asList(args).contains("--verbose");
        Logging.configure(verbose, args.length > 0 && args[0].equals("serve"));
        CommandLine line = new CommandLine(new RainmakerCommand());
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((thrown, command, result) -> tell(thrown, verbose));
        return line.execute(args);
    }

    private static int tell(Exception thrown, boolean verbose) {
        if (verbose) {
            thrown.printStackTrace();
        } else {
            System.err.println(sentence(thrown));
        }
        if (thrown instanceof InterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        return thrown instanceof ConfigurationException || thrown instanceof IllegalArgumentException
                ? ExitCode.USAGE
                : ExitCode.FAILED;
    }

    static String sentence(Throwable thrown) {
        if (thrown instanceof ConfigurationException
                || thrown instanceof ConnectorFault
                || thrown instanceof LedgerException
                || thrown instanceof PostgresFault
                || thrown instanceof UserError
                || thrown instanceof IllegalStateException
                || thrown instanceof IllegalArgumentException) {
            return String.valueOf(thrown.getMessage());
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (String.valueOf(root.getMessage()).contains("No space left on device")) {
            return "There is no space left on the disk of the state folder " + stateFolder()
                    + ". Free some and run again: what was committed is kept, the rest is read again.";
        }
        return "Something unexpected went wrong: " + root.getClass().getSimpleName() + ": " + root.getMessage()
                + "\nRun again with --verbose for the details; please report them.";
    }

    /** The state folder of this run, for messages. */
    private static String stateFolder() {
        int at = arguments.indexOf("--state");
        return at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : "(see --state)";
    }

    /** The version as the build wrote it into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RainmakerCommand.class.getPackage().getImplementationVersion();
            return new String[] {"rainmaker " + (version == null ? "(built from source)" : version)};
        }
    }
}
