package dev.rainmaker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.Settings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * How long a person's choice can be overwritten where a vendor has no conditional write: the time between the read before a
 * batch and the batch's landing. Writes the assignments of a simulated HubSpot portal and measures every batch of them twice:
 * from the request of the read to the answer of the write, which nothing can exceed, and from the read's answer to the
 * write's request, which is Rainmaker's own part; the rest is the way to the vendor and back.
 *
 * <p>Arguments: number of leads, number of partners, records per batch. Needs the sandbox's runnable jar.
 */
public final class WriteWindow {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Double> whole = new ArrayList<>();
    private final List<Double> own = new ArrayList<>();
    private long asked;
    private long answered;

    private WriteWindow() {}

    /** Runs it and prints milliseconds per batch. */
    public static void main(String[] args) throws Exception {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.WARN);
        String leads = args.length > 0 ? args[0] : "4000";
        String partners = args.length > 1 ? args[1] : "60";
        String batch = args.length > 2 ? args[2] : "100";
        WriteWindow window = new WriteWindow();
        window.run(leads, partners, batch);
        window.print("from the read's request to the write's answer", window.whole);
        window.print("from the read's answer to the write's request", window.own);
    }

    private void run(String leads, String partners, String batch) throws Exception {
        Path state = Files.createTempDirectory("rainmaker-bench");
        Process sandbox = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Home.sandboxJar().orElseThrow().toString(),
                        "start",
                        "--with-parent",
                        "--systems",
                        "hubspot",
                        "--set",
                        "hubspot.burst-limit=1000000",
                        "--set",
                        "hubspot.search-per-second=100000",
                        "--partners",
                        partners,
                        "--leads",
                        leads,
                        "--state",
                        state.resolve("portal").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            JsonNode said = JSON.readTree(
                            new BufferedReader(new InputStreamReader(sandbox.getInputStream(), StandardCharsets.UTF_8))
                                    .readLine())
                    .path("hubspot");
            RainmakerConfiguration configuration = RainmakerConfiguration.of(Home.folder())
                    .withConnection(
                            "hub",
                            timed("hubspot"),
                            Map.of(
                                    "api-url",
                                    said.path("url").asText(),
                                    "access-token",
                                    said.path("accessToken").asText(),
                                    "portal-id",
                                    said.path("portalId").asText(),
                                    "batch-size",
                                    batch,
                                    "calls-per-10-seconds",
                                    "100000",
                                    "searches-per-second",
                                    "1000"));
            try (Rainmaker rainmaker =
                    Rainmaker.open(configuration, state.resolve("state"), Clock.systemUTC(), Progress.SILENT)) {
                rainmaker.pass(null, false, Duration.ofMinutes(2));
            }
        } finally {
            sandbox.destroy();
        }
    }

    private ConnectorFactory timed(String type) {
        ConnectorFactory factory = ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.type().equals(type))
                .findFirst()
                .orElseThrow();
        return new ConnectorFactory() {
            @Override
            public String type() {
                return factory.type();
            }

            @Override
            public List<SettingKey> settings() {
                return factory.settings();
            }

            @Override
            public Connector open(String connection, Settings settings) {
                return timed(factory.open(connection, settings));
            }
        };
    }

    private Connector timed(Connector connector) {
        return (Connector) Proxy.newProxyInstance(
                Connector.class.getClassLoader(), new Class<?>[] {Connector.class}, (self, method, arguments) -> {
                    long begun = System.nanoTime();
                    try {
                        return method.invoke(connector, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    } finally {
                        note(method.getName(), arguments, begun, System.nanoTime());
                    }
                });
    }

    private synchronized void note(String method, Object[] arguments, long begun, long ended) {
        if (method.equals("fetch") && arguments[3] == CallPurpose.PRE_READ) {
            asked = begun;
            answered = ended;
        } else if (method.equals("write") && asked != 0) {
            whole.add((ended - asked) / 1e6);
            own.add((begun - answered) / 1e6);
            asked = 0;
        }
    }

    private void print(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%s, %d batches: p50 %.1f ms, p95 %.1f ms, max %.1f ms%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get(Math.min(sorted.size() - 1, sorted.size() * 95 / 100)),
                sorted.get(sorted.size() - 1));
    }
}
