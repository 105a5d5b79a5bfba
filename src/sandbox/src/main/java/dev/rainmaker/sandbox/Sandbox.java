package dev.rainmaker.sandbox;

import dev.rainmaker.sandbox.salesforce.export.ExportFault;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The sandbox as a program of its own: {@code start}, {@code import} and {@code truth}. */
@Command(
        name = "sandbox",
        description = "Simulators of vendors' systems over real HTTP, to try Rainmaker without an account anywhere.",
        subcommands = {StartCommand.class, ImportCommand.class, TruthCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Sandbox.Version.class,
        synopsisSubcommandLabel = "start|import|truth")
public final class Sandbox {

    @Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT, description = "Show stack traces.")
    private boolean verbose;

    private Sandbox() {}

    /** Says which build this is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Sandbox.class.getPackage().getImplementationVersion();
            return new String[] {"Rainmaker sandbox " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Exit codes: 0 done, 1 failed, 2 wrong usage or faulty data. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        Sandbox sandbox = new Sandbox();
        return new CommandLine(sandbox)
                .setExecutionExceptionHandler((fault, command, parsed) -> {
                    if (sandbox.verbose) {
                        fault.printStackTrace(command.getErr());
                    }
                    command.getErr().println(fault.getMessage());
                    boolean expected = fault instanceof IOException
                            || fault instanceof ExportFault
                            || fault instanceof IllegalArgumentException;
                    return fault instanceof ExportFault || fault instanceof IllegalArgumentException
                            ? 2
                            : expected ? 1 : unexpected(command, fault, sandbox.verbose);
                })
                .execute(arguments);
    }

    private static int unexpected(CommandLine command, Exception fault, boolean verbose) {
        if (!verbose) {
            command.getErr()
                    .println("This is a fault of the sandbox ("
                            + fault.getClass().getName() + "). Run it again with --verbose to see where.");
        }
        return 1;
    }
}
