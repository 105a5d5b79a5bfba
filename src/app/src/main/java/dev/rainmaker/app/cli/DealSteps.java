package dev.rainmaker.app.cli;

import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Step;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The steps that a person takes with a registration, each a verb. */
final class DealSteps {

    private DealSteps() {}

    /** A step that a person takes. */
    abstract static class StepCommand implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "NUMBER", description = "such as DR-000042")
        String number = "";

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "the reason; the partner sees it")
        String why = "";

        abstract Step step();

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                Result result = rainmaker.deals().move(number, step());
                if (result instanceof Result.Done done) {
                    DealCommand.print(common, rainmaker.deals(), done.registration());
                    return ExitCode.DONE;
                }
                if (result instanceof Result.Locked locked) {
                    throw new UserError("Not possible: the customer is locked by "
                            + locked.held().stream()
                                    .map(lock -> lock.number() + " of "
                                            + rainmaker.deals().name(lock.partner()) + " until "
                                            + lock.period().until())
                                    .toList()
                            + ".");
                }
                throw new UserError("Not possible: "
                        + (result instanceof Result.Refused refused ? refused.why() : "somebody else was faster")
                        + ".");
            }
        }
    }

    /** Approves. */
    @Command(name = "approve", description = "Approve: the partner gets the lock.", mixinStandardHelpOptions = true)
    static final class Approve extends StepCommand {
        @Override
        Step step() {
            return new Step.Approve(DealCommand.who(), why);
        }
    }

    /** Rejects. */
    @Command(name = "reject", description = "Reject.", mixinStandardHelpOptions = true)
    static final class Reject extends StepCommand {
        @Override
        Step step() {
            return new Step.Reject(DealCommand.who(), why, false);
        }
    }

    /** Asks for more. */
    @Command(name = "ask", description = "Ask the partner for more information.", mixinStandardHelpOptions = true)
    static final class Ask extends StepCommand {
        @Override
        Step step() {
            return new Step.Ask(DealCommand.who(), why);
        }
    }

    /** Extends. */
    @Command(name = "extend", description = "Extend the protection.", mixinStandardHelpOptions = true)
    static final class Extend extends StepCommand {

        @Option(names = "--proof", paramLabel = "TEXT", description = "what the partner did for the deal")
        @Nullable
        String proof;

        @Override
        Step step() {
            return new Step.Extend(DealCommand.who(), why, proof);
        }
    }

    /** Releases. */
    @Command(name = "release", description = "Release the lock.", mixinStandardHelpOptions = true)
    static final class Release extends StepCommand {
        @Override
        Step step() {
            return new Step.Release(DealCommand.who(), why);
        }
    }

    /** Marks as won. */
    @Command(name = "won", description = "The deal was won: the lock ends.", mixinStandardHelpOptions = true)
    static final class Won extends StepCommand {
        @Override
        Step step() {
            return new Step.Win(DealCommand.who(), why);
        }
    }

    /** Marks as lost. */
    @Command(name = "lost", description = "The deal was lost: the lock ends.", mixinStandardHelpOptions = true)
    static final class Lost extends StepCommand {
        @Override
        Step step() {
            return new Step.Lose(DealCommand.who(), why);
        }
    }

    /** Withdraws. */
    @Command(name = "withdraw", description = "The partner gives it up.", mixinStandardHelpOptions = true)
    static final class Withdraw extends StepCommand {
        @Override
        Step step() {
            return new Step.Withdraw(DealCommand.who(), why);
        }
    }
}
