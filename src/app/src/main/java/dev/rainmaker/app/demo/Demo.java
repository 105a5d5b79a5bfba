package dev.rainmaker.app.demo;

import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sandbox with its systems and a Rainmaker connected to all of them. */
public final class Demo implements AutoCloseable {

    /** The name of the connection to the first CRM. */
    public static final String CONNECTION = "crm";

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private final SandboxProcess sandbox;
    private final Rainmaker rainmaker;
    private final Clock clock;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-watch");
        thread.setDaemon(true);
        return thread;
    });

    private Demo(SandboxProcess sandbox, Rainmaker rainmaker, Clock clock) {
        this.sandbox = sandbox;
        this.rainmaker = rainmaker;
        this.clock = clock;
    }

    /**
     * Starts both; the two come up side by side.
     *
     * @param home where mappings, policies and routes lie
     * @param state the folder that keeps sandbox and ledger
     */
    public static Demo start(
            Path home, Path sandboxJar, Path state, DemoOptions options, Clock clock, Progress progress) {
        List<DemoConnection> connections =
                options.data().isPresent() ? List.of(DemoConnection.CRM) : DemoConnection.ALL;
        SandboxProcess sandbox = SandboxProcess.start(
                sandboxJar, arguments(state, options, connections), state.resolve("logs/sandbox.log"));
        try {
            RainmakerConfiguration configuration = RainmakerConfiguration.of(home);
            for (DemoConnection connection : connections) {
                configuration =
                        configuration.withConnection(connection.name(), connection.type(), connection.filled(sandbox));
            }
            return new Demo(sandbox, Rainmaker.open(configuration, state, clock, progress), clock);
        } catch (RuntimeException failed) {
            sandbox.close();
            throw failed;
        }
    }

    private static List<String> arguments(Path state, DemoOptions options, List<DemoConnection> connections) {
        List<String> arguments =
                new ArrayList<>(List.of("--state", state.resolve("sandbox").toString()));
        arguments.addAll(List.of(
                "--systems", connections.stream().map(DemoConnection::type).collect(Collectors.joining(","))));
        if (options.data().isPresent()) {
            arguments.addAll(List.of("--data", options.data().get().toString()));
        } else {
            arguments.addAll(List.of(
                    "--seed", Long.toString(options.seed()),
                    "--partners", Integer.toString(options.partners()),
                    "--leads", Integer.toString(options.leads()),
                    // Whoever finishes a course wants to see what follows.
                    "--set", "moodle.completion-lag=PT1S"));
        }
        if (options.trickleSeconds() > 0) {
            arguments.addAll(List.of("--trickle", "PT" + options.trickleSeconds() + "S"));
        }
        return arguments;
    }

    /** One whole pass. */
    public void pass() {
        rainmaker.pass(null, false, Duration.ofMinutes(2));
    }

    /** What the passes so far came to. */
    public DemoReport report(Duration took) {
        return DemoReport.of(rainmaker, took, clock.instant());
    }

    /**
     * From here on events and timers start the flows, and a look at the systems every few seconds finds what is new.
     *
     * @param told hears a line per new assignment
     */
    public void live(Consumer<String> told) {
        rainmaker.startFlows(true);
        watch.scheduleWithFixedDelay(() -> look(told), 1, 2, TimeUnit.SECONDS);
    }

    private void look(Consumer<String> told) {
        try {
            long before = rainmaker.totals().assigned().assigned();
            rainmaker.pass(null, false, Duration.ZERO);
            int news = Math.toIntExact(rainmaker.totals().assigned().assigned() - before);
            rainmaker
                    .decisions()
                    .latest(news)
                    .forEach(decision -> told.accept(LocalTime.ofInstant(decision.decidedAt(), ZoneOffset.UTC)
                                    .truncatedTo(ChronoUnit.SECONDS)
                            + " UTC  lead " + decision.lead().id() + " -> " + decision.summary()));
        } catch (RuntimeException failed) {
            LOG.warn("a look at the systems failed; the next one is in two seconds: {}", failed.getMessage());
        }
    }

    public Rainmaker rainmaker() {
        return rainmaker;
    }

    /** Where the pages of the systems are, by what they are called; those of the first CRM come first. */
    public Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("CRM pages", sandbox.said("salesforce", "url") + "/lightning/o/Lead/list");
        if (sandbox.runs("hubspot")) {
            pages.put("Portal", sandbox.said("hubspot", "url") + "/");
        }
        if (sandbox.runs("moodle")) {
            pages.put("Academy", sandbox.said("moodle", "url") + "/");
        }
        return pages;
    }

    /** A course to finish and where to see what comes of it; empty where there is no academy. */
    public Optional<Lesson> lesson() {
        return sandbox.runs("moodle") ? Lesson.find(rainmaker, sandbox.said("moodle", "url")) : Optional.empty();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        rainmaker.close();
        sandbox.close();
    }
}
