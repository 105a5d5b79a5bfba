package dev.rainmaker.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Policies before they go live, and what they would have earned. */
@Command(
        name = "policy",
        description = "Policies before they go live, and what they would have earned.",
        mixinStandardHelpOptions = true,
        subcommands = {PolicyEvaluateCommand.class})
final class PolicyCommand implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Which? See rainmaker policy --help");
        }
    }
}
