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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sandbox org and a Rainmaker connected to it. */
public final class Demo implements AutoCloseable {

    /** The name of the demo's connection. */
    public static final String CONNECTION = "crm";

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private final SandboxProcess sandbox;
    private final Rainmaker rainmaker;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-watch");
        thread.setDaemon(true);
        return thread;
    });

    private Demo(SandboxProcess sandbox, Rainmaker rainmaker) {
        this.sandbox = sandbox;
        this.rainmaker = rainmaker;
    }

    /**
     * Starts both; the two come up side by side.
     *
     * @param home where mappings, policies and routes lie
     * @param state the folder that keeps sandbox and ledger
     */
    public static Demo start(
            Path home, Path sandboxJar, Path state, DemoOptions options, Clock clock, Progress progress) {
        List<String> arguments =
                new ArrayList<>(List.of("--state", state.resolve("sandbox").toString()));
        if (options.data().isPresent()) {
            arguments.addAll(List.of("--data", options.data().get().toString()));
        } else {
            arguments.addAll(List.of(
                    "--systems", "salesforce",
                    "--seed", Long.toString(options.seed()),
                    "--partners", Integer.toString(options.partners()),
                    "--leads", Integer.toString(options.leads())));
        }
        if (options.trickleSeconds() > 0) {
            arguments.addAll(List.of("--trickle", "PT" + options.trickleSeconds() + "S"));
        }
        SandboxProcess sandbox = SandboxProcess.start(sandboxJar, arguments, state.resolve("logs/sandbox.log"));
        try {
            Map<String, String> settings = new HashMap<>();
            settings.put("login-url", sandbox.said("salesforce", "url"));
            settings.put("client-id", sandbox.said("salesforce", "clientId"));
            settings.put("client-secret", sandbox.said("salesforce", "clientSecret"));
            RainmakerConfiguration configuration =
                    RainmakerConfiguration.of(home).withConnection(CONNECTION, "salesforce", settings);
            return new Demo(sandbox, Rainmaker.open(configuration, state, clock, progress));
        } catch (RuntimeException failed) {
            sandbox.close();
            throw failed;
        }
    }

    /** One whole pass. */
    public void pass() {
        rainmaker.pass(null, false, Duration.ofMinutes(2));
    }

    /** What the passes so far came to. */
    public DemoReport report(Duration took) {
        return DemoReport.of(rainmaker, took);
    }

    /**
     * From here on events and timers start the flows, and a look at the org every few seconds finds new leads.
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
            rainmaker.pass(CONNECTION, false, Duration.ZERO);
            int news = Math.toIntExact(rainmaker.totals().assigned().assigned() - before);
            rainmaker
                    .decisions()
                    .latest(news)
                    .forEach(decision -> told.accept(LocalTime.ofInstant(decision.decidedAt(), ZoneOffset.UTC)
                                    .truncatedTo(ChronoUnit.SECONDS)
                            + " UTC  lead " + decision.lead().id() + " -> " + decision.summary()));
        } catch (RuntimeException failed) {
            LOG.warn("the look at the org failed; the next one is in two seconds: {}", failed.getMessage());
        }
    }

    public Rainmaker rainmaker() {
        return rainmaker;
    }

    /** The org's own pages. */
    public String crmUrl() {
        return sandbox.said("salesforce", "url");
    }

    @Override
    public void close() {
        watch.shutdownNow();
        rainmaker.close();
        sandbox.close();
    }
}
