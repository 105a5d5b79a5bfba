package dev.rainmaker.app.web;

import dev.rainmaker.app.access.ConsoleUsers;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.schedule.Schedules;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The web server in front of a running Rainmaker. */
public final class WebServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final @Nullable Path adminPassword;

    private WebServer(ConfigurableApplicationContext context, @Nullable Path adminPassword) {
        this.context = context;
        this.adminPassword = adminPassword;
    }

    /**
     * Starts it. Where it is no demo and nobody can log in yet, a user {@code admin} is made.
     *
     * @param schedules shown, and run on demand, by the console; started and closed by the caller
     * @param port 0 for any free one
     * @param demo whether the console is open, and bound to this machine only
     * @throws IllegalArgumentException if the port is taken
     */
    public static WebServer start(Rainmaker rainmaker, Schedules schedules, Path state, int port, boolean demo) {
        Path adminPassword = demo
                ? null
                : new ConsoleUsers(rainmaker.ledger().dataSource(), Clock.systemUTC())
                        .ensureAdmin(state)
                        .orElse(null);
        SpringApplication application = new SpringApplicationBuilder(WebConfiguration.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean(Rainmaker.class, () -> rainmaker, bean -> bean.setDestroyMethodName(""));
                    context.registerBean(Schedules.class, () -> schedules, bean -> bean.setDestroyMethodName(""));
                    context.registerBean("webSettings", WebSettings.class, () -> new WebSettings(state, demo));
                })
                .build();
        application.setDefaultProperties(properties(port, demo));
        try {
            return new WebServer(application.run(), adminPassword);
        } catch (RuntimeException failed) {
            if (taken(failed)) {
                throw new IllegalArgumentException("Port " + port
                        + " is in use by another program; choose another with --port (0 for any free one).");
            }
            throw failed;
        }
    }

    /** Starts it as the demo's: open, on this machine only, without schedules. */
    public static WebServer demo(Rainmaker rainmaker, Path state, int port) {
        Schedules none = new Schedules(rainmaker.ledger().dataSource(), Clock.systemUTC(), List.of());
        return start(rainmaker, none, state, port, true);
    }

    private static Map<String, Object> properties(int port, boolean demo) {
        return Map.ofEntries(
                Map.entry("server.port", port),
                Map.entry("logging.level.root", "WARN"),
                // A port in use is told by us, in one sentence.
                Map.entry("logging.level.org.springframework.boot.diagnostics", "OFF"),
                Map.entry("logging.level.org.springframework.boot.web.servlet.context", "OFF"),
                Map.entry("logging.level.org.springframework.boot.SpringApplication", "OFF"),
                Map.entry("logging.level.dev.rainmaker", demo ? "WARN" : "INFO"),
                Map.entry("server.address", demo ? "127.0.0.1" : "0.0.0.0"),
                Map.entry("server.shutdown", "graceful"),
                Map.entry("server.error.include-stacktrace", "never"),
                Map.entry("server.servlet.session.cookie.same-site", "lax"),
                Map.entry("server.servlet.session.cookie.http-only", "true"),
                Map.entry("server.forward-headers-strategy", demo ? "none" : "native"),
                Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "5s"),
                Map.entry("spring.main.lazy-initialization", "true"),
                Map.entry("spring.jmx.enabled", "false"),
                // A page is written whole: its forms' secrets may open a session, which a sent head cannot name any
                // more.
                Map.entry("spring.thymeleaf.servlet.produce-partial-output-while-processing", "false"),
                // The end of an event stream is no new request: it passed the doors when it began.
                Map.entry("spring.security.filter.dispatcher-types", "request,error,forward,include"),
                Map.entry("rainmaker.demo", demo));
    }

    private static boolean taken(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof PortInUseException || at instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Where it answers. */
    public String url() {
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return "http://localhost:" + port + "/";
    }

    /** The file with the password of the user {@code admin}, if that user was made by this start. */
    public Optional<Path> adminPassword() {
        return Optional.ofNullable(adminPassword);
    }

    @Override
    public void close() {
        context.getBean(LiveEvents.class).endAll();
        context.close();
    }
}
