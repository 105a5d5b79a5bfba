package dev.rainmaker.app.cli;

import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import dev.rainmaker.app.demo.Demo;
import dev.rainmaker.app.demo.DemoOptions;
import dev.rainmaker.app.demo.DemoReport;
import dev.rainmaker.app.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job, on a sandbox org. */
@Command(
        name = "demo",
        description = "Start a sandbox CRM full of partners and leads, score, assign, write back, and show it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: rainmaker demo --once --report json --seed 7 --partners 60 --leads 500"})
final class DemoCommand implements Callable<Integer> {

    private enum Report {
        text,
        json
    }

    @Option(names = "--once", description = "one pass, then end")
    boolean once;

    @Option(
            names = "--report",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json as the last line of the output (default: text)")
    Report report = Report.text;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "keep ledger and sandbox here (default: a temporary folder)")
    @Nullable
    Path state;

    @Option(names = "--data", paramLabel = "FOLDER", description = "an export folder instead of the generated world")
    @Nullable
    Path data;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "7", description = "of the generated world (default: 7)")
    long seed = 7;

    @Option(names = "--partners", paramLabel = "N", defaultValue = "60", description = "(default: 60)")
    int partners = 60;

    @Option(names = "--leads", paramLabel = "N", defaultValue = "500", description = "(default: 500)")
    int leads = 500;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "the console's port; 0 for any free one (default: 8080)")
    int port = 8080;

    @Option(
            names = "--as-of",
            paramLabel = "WHEN",
            description = "score and decide as of this day or instant (default: now)")
    @Nullable
    String asOf;

    @Option(names = "--verbose", description = "show details of errors and what happens inside")
    boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Path folder = state == null ? TemporaryFolder.create() : state;
        CountDownLatch closed = new CountDownLatch(1);
        try {
            return run(folder, closed);
        } finally {
            if (state == null) {
                TemporaryFolder.delete(folder);
            }
            closed.countDown();
        }
    }

    private void check() {
        if (data != null && !Files.isDirectory(data)) {
            throw new IllegalArgumentException(
                    "--data: there is no folder " + data + "; make one with `rainmaker sandbox import`, see --help");
        }
        if (partners < 1 || leads < 0) {
            throw new IllegalArgumentException("--partners must be at least 1 and --leads at least 0");
        }
    }

    private int run(Path folder, CountDownLatch closed) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var progress = CommonOptions.progress();
        Path jar = Home.sandboxJar()
                .orElseThrow(() -> new UserError(
                        "The sandbox's program is missing in " + Home.folder() + "; build it with `mvn package`."));
        DemoOptions options = new DemoOptions(Optional.ofNullable(data), seed, partners, leads, once ? 0 : 4);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            ended.countDown();
            try {
                closed.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        System.err.println("Starting a sandbox CRM and the ledger …");
        Demo demo = Demo.start(Home.folder(), jar, folder, options, Opened.clock(asOf), progress);
        try {
            demo.pass();
            progress.finishStep();
            DemoReport result = demo.report(Duration.ofNanos(System.nanoTime() - began));
            if (once) {
                print(result);
                return result.allConfirmed() ? ExitCode.DONE : ExitCode.FAILED;
            }
            print(result);
            progress.mute();
            Runtime.getRuntime().addShutdownHook(hook);
            goOn(demo, folder, ended);
            return ExitCode.DONE;
        } finally {
            demo.close();
        }
    }

    private void goOn(Demo demo, Path folder, CountDownLatch ended) throws InterruptedException {
        try (WebServer web = WebServer.demo(demo.rainmaker(), folder, port)) {
            System.out.println();
            System.out.println("Console      " + web.url());
            demo.pages().forEach((what, url) -> System.out.println(what + " ".repeat(13 - what.length()) + url));
            demo.lesson()
                    .ifPresent(lesson -> System.out.println("A course     finish one at " + lesson.learner()
                            + "; seconds later it counts for " + Table.printable(lesson.partner()) + ": "
                            + lesson.record()));
            System.out.println("Push a lead  " + push(demo, web));
            System.out.println(
                    "New leads arrive every few seconds and are assigned while you watch. Ctrl-C ends it all.");
            demo.live(line -> System.out.println(Table.printable(line)));
            ended.await();
        }
    }

    /** How a CRM flow or script says that a lead is new or has changed; the token lasts for a day. */
    private static String push(Demo demo, WebServer web) {
        String token = new ApiTokens(demo.rainmaker().ledger().dataSource(), Clock.systemUTC())
                .create("demo", Role.OPERATOR, Optional.of(Instant.now().plus(Duration.ofDays(1))), "demo")
                .secret();
        String lead = demo.rainmaker().decisions().latest(1).stream()
                .findFirst()
                .map(decision -> decision.lead().id())
                .orElse("<id of a lead>");
        return "curl -H 'Authorization: Bearer " + token + "' -H 'Content-Type: application/json' -d '{\"id\": \""
                + lead + "\"}' " + web.url() + "api/intake/" + Demo.CONNECTION + "/Lead";
    }

    private void print(DemoReport result) {
        if (report == Report.json) {
            System.out.println(result.json());
            return;
        }
        System.out.println(result.text());
    }
}
