package dev.rainmaker.app.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The flows as {@code routes/*.yaml} compose them, in a Camel context of their own. */
public final class FlowRoutes implements AutoCloseable {

    private final CamelContext context;

    private FlowRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * Loads every {@code *.yaml} of the folder and starts the routes.
     *
     * @param live whether the flows that start by themselves (events, timers) run, as they do in a server
     * @throws IllegalArgumentException if a file cannot be loaded, naming it and the place
     */
    public static FlowRoutes start(Path folder, Flows flows, Signals signals, boolean live) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.getCamelContextExtension().setName("rainmaker-flows");
        context.disableJMX();
        context.getPropertiesComponent().addInitialProperty("rainmaker.live", Boolean.toString(live));
        context.getShutdownStrategy().setTimeout(10);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        context.addComponent("rainmaker", new RainmakerComponent(context, flows, signals));
        Path[] loading = new Path[1];
        try {
            for (Path file : files(folder)) {
                loading[0] = file;
                Resource resource = ResourceHelper.fromString(file.getFileName().toString(), Files.readString(file));
                PluginHelper.getRoutesLoader(context).loadRoutes(resource);
            }
            context.start();
        } catch (Exception broken) {
            context.stop();
            throw new IllegalArgumentException(
                    "The flow in " + (loading[0] == null ? folder : loading[0]) + " cannot be started: "
                            + broken.getMessage(),
                    broken);
        }
        return new FlowRoutes(context);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Sends an empty message through the route that starts at {@code direct:name} and waits for its end. */
    public void run(String name, Map<String, Object> headers) {
        try {
            context.createFluentProducerTemplate()
                    .withHeaders(headers)
                    .to("direct:" + name)
                    .request();
        } catch (CamelExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
