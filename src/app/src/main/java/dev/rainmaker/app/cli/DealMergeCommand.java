package dev.rainmaker.app.cli;

import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.Registration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Merges two customers. */
@Command(
        name = "merge",
        description = "Two customers are one company: claims on the first go on under the second.",
        mixinStandardHelpOptions = true)
final class DealMergeCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "CUSTOMER", description = "the one that goes, such as C-000007")
    String loser = "";

    @Parameters(index = "1", paramLabel = "REMAINING", description = "the one that stays")
    String winner = "";

    @Override
    public Integer call() {
        try (Rainmaker rainmaker = Opened.by(common)) {
            List<Registration> recalled = rainmaker.deals().merge(loser, winner, DealCommand.who());
            if (!rainmaker.deals().customers().remaining(loser).equals(winner)) {
                throw new UserError("There are no two customers " + loser + " and " + winner + ".");
            }
            System.out.println(loser + " is " + winner + " now; " + recalled.size()
                    + " registrations lost their lock to an older one and wait for a reviewer");
            recalled.forEach(each -> DealCommand.print(common, rainmaker.deals(), each));
            return ExitCode.DONE;
        }
    }
}
