package dev.rainmaker.app.cli;

import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.runtime.StandingJobs;
import dev.rainmaker.app.schedule.Schedules;
import dev.rainmaker.app.web.WebServer;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs for good: schedules, intake, console. */
@Command(
        name = "serve",
        description = "Run for good: schedules, intake of events, write-back, and the console.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "the console's port (default: console.port of the configuration)")
    @Nullable
    Integer port;

    @Override
    public Integer call() throws InterruptedException {
        try (Rainmaker rainmaker = Opened.by(common, Clock.systemUTC(), dev.rainmaker.app.progress.Progress.SILENT)) {
            int wanted = port == null ? rainmaker.configuration().console().port() : port;
            Clock clock = Clock.systemUTC();
            try (Schedules schedules =
                            new Schedules(rainmaker.ledger().dataSource(), clock, StandingJobs.of(rainmaker, clock));
                    WebServer web = WebServer.start(rainmaker, schedules, common.state, wanted, false)) {
                rainmaker.startFlows(true);
                schedules.start();
                System.err.println("Rainmaker runs. Console: " + web.url() + "  (Ctrl-C ends it)");
                web.adminPassword()
                        .ifPresent(file -> System.err.println(
                                "Log in as admin; the password is in " + file + " (readable by you only)."));
                CountDownLatch ended = new CountDownLatch(1);
                Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
                ended.await();
            }
        }
        return ExitCode.DONE;
    }
}
