package dev.rainmaker.app.cli;

import dev.rainmaker.app.demo.Demo;
import dev.rainmaker.app.demo.DemoOptions;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Does a little of everything, so that an archive of loaded classes can be made of it. Called by the launcher once. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Path folder = TemporaryFolder.create();
        try (Demo demo = Demo.start(
                        Home.folder(),
                        Home.sandboxJar().orElseThrow(() -> new UserError("the sandbox's program is missing")),
                        folder,
                        new DemoOptions(Optional.empty(), 1, 5, 20, 0),
                        Clock.systemUTC(),
                        Progress.SILENT);
                WebServer web = WebServer.demo(demo.rainmaker(), folder, 0)) {
            demo.pass();
            System.out.println(web.url());
        } finally {
            TemporaryFolder.delete(folder);
        }
        return ExitCode.DONE;
    }
}
