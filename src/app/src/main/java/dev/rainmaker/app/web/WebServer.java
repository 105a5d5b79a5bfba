package dev.rainmaker.app.web;

import dev.rainmaker.app.runtime.Rainmaker;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
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

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it.
     *
     * @param port 0 for any free one
     * @param demo whether the console is open, and bound to this machine only
     * @throws IllegalArgumentException if the port is taken
     */
    public static WebServer start(Rainmaker rainmaker, Path state, int port, boolean demo) {
        SpringApplication application = new SpringApplicationBuilder(WebConfiguration.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean(Rainmaker.class, () -> rainmaker, bean -> bean.setDestroyMethodName(""));
                    context.registerBean(WebSettings.class, () -> new WebSettings(state, demo));
                })
                .build();
        application.setDefaultProperties(Map.of(
                "server.port", port,
                "server.address", demo ? "127.0.0.1" : "0.0.0.0",
                "server.shutdown", "graceful",
                "spring.lifecycle.timeout-per-shutdown-phase", "5s",
                "spring.main.lazy-initialization", "true",
                "spring.jmx.enabled", "false",
                "server.error.include-stacktrace", "never",
                "spring.thymeleaf.cache", "true",
                "rainmaker.demo", demo));
        try {
            return new WebServer(application.run());
        } catch (RuntimeException failed) {
            if (taken(failed)) {
                throw new IllegalArgumentException("Port " + port
                        + " is in use by another program; choose another with --port (0 for any free one).");
            }
            throw failed;
        }
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

    @Override
    public void close() {
        context.close();
    }
}
