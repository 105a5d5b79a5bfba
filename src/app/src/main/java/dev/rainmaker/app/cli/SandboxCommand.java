package dev.rainmaker.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands over to the sandbox's own program. */
@Command(
        name = "sandbox",
        description =
                "Simulated vendor systems: `sandbox start` runs them, `sandbox import` makes an export folder from public data.",
        helpCommand = false)
final class SandboxCommand implements Callable<Integer> {

    @Unmatched
    List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path jar = Home.sandboxJar()
                .orElseThrow(
                        () -> new UserError(
                                "The sandbox's program is missing in " + Home.folder()
                                        + "; build it with `mvn package`, or set RAINMAKER_HOME to the folder of rainmaker-sandbox.jar."));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process.waitFor();
    }
}
