package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.ConnectionSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.runtime.PolicyFiles;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks configuration, mappings and policies without calling anybody. */
@Command(
        name = "validate",
        description = "Check configuration, mappings and policies; nothing is called or changed.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        RainmakerConfiguration configuration = common.configuration();
        Map<String, Integer> streams = new TreeMap<>();
        for (ConnectionSettings settings : configuration.connections()) {
            streams.put(
                    settings.name(),
                    Mappings.load(configuration.mappings(), settings.type())
                            .streams()
                            .size());
        }
        PolicyFiles policies = PolicyFiles.load(configuration.policies());
        Policies.attribution(configuration.policies());
        if (common.output == Output.json) {
            Output.json(
                    System.out,
                    Map.of(
                            "connections", streams,
                            "assignmentRules", policies.assignment().rules().size(),
                            "plvPolicy", policies.plv().version()));
        } else {
            streams.forEach(
                    (name, count) -> System.out.println("connection " + name + ": ok, " + count + " streams mapped"));
            System.out.println("policies: ok, " + policies.assignment().rules().size() + " assignment rules");
        }
        return ExitCode.DONE;
    }
}
