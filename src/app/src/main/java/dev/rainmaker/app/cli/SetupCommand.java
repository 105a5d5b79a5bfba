package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.ConnectionSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.SetupPlan;
import dev.rainmaker.connector.StreamNeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates in a connected system what Rainmaker writes and the system does not have yet. */
@Command(
        name = "setup",
        description = "Show which fields Rainmaker writes and a system lacks; create them after a yes.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: rainmaker setup hub --yes"})
final class SetupCommand implements Callable<Integer> {

    private static final String BY_HAND =
            "Rainmaker cannot create anything in this system: create what `check` names by"
                    + " hand, or map fields that exist";

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "CONNECTION", description = "whose system")
    String connection = "";

    @Option(
            names = {"-y", "--yes"},
            description = "create without asking")
    boolean yes;

    @Override
    public Integer call() throws IOException {
        RainmakerConfiguration configuration = common.configuration();
        ConnectionSettings settings = Chosen.of(configuration, connection).get(0);
        List<StreamNeed> needs =
                Mappings.load(configuration.mappings(), settings.type()).needs();
        try (Connector connector = settings.open()) {
            if (!connector.capabilities().setsUp()) {
                return notPossible();
            }
            List<SetupPlan.Step> steps = connector.planSetup(needs).steps();
            if (steps.isEmpty()) {
                return nothing();
            }
            if (common.output == Output.table) {
                System.out.println(
                        connection + " lacks " + steps.size() + (steps.size() == 1 ? " thing:" : " things:"));
                steps.forEach(step -> System.out.println("  " + step.what()));
            }
            if (!yes && !confirmed()) {
                return unconfirmed(steps);
            }
            return report(connector.setUp(needs));
        }
    }

    private int notPossible() {
        if (common.output == Output.json) {
            Output.json(System.out, Map.of("connection", connection, "possible", false, "why", BY_HAND));
        } else {
            System.out.println(connection + ": " + BY_HAND);
        }
        return ExitCode.FAILED;
    }

    private int nothing() {
        if (common.output == Output.json) {
            Output.json(System.out, Map.of("connection", connection, "possible", true, "steps", List.of()));
        } else {
            System.out.println(connection + " has everything that Rainmaker writes");
        }
        return ExitCode.DONE;
    }

    /** Without a person at the terminal nothing is created. */
    private boolean confirmed() throws IOException {
        if (common.output == Output.json || System.console() == null) {
            return false;
        }
        System.out.print("Create them? [y/N] ");
        System.out.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(java.util.Locale.ROOT));
    }

    private int unconfirmed(List<SetupPlan.Step> steps) {
        if (common.output == Output.json) {
            Output.json(
                    System.out, Map.of("connection", connection, "possible", true, "created", false, "steps", steps));
        } else {
            System.out.println("Nothing was created. `./rainmaker setup " + connection + " --yes` creates them");
        }
        return ExitCode.DONE;
    }

    private int report(List<SetupPlan.Done> done) {
        if (common.output == Output.json) {
            Output.json(System.out, Map.of("connection", connection, "possible", true, "created", true, "steps", done));
        } else {
            for (SetupPlan.Done step : done) {
                System.out.println((step.succeeded() ? "  done  " : "  ERROR ")
                        + step.step().what());
                if (!step.succeeded()) {
                    System.out.println("        -> " + step.problem());
                }
            }
        }
        return done.stream().allMatch(SetupPlan.Done::succeeded) ? ExitCode.DONE : ExitCode.FAILED;
    }
}
