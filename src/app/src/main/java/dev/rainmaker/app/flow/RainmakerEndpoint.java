package dev.rainmaker.app.flow;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** One word of the {@code rainmaker:} component. */
public final class RainmakerEndpoint extends DefaultEndpoint {

    private final RainmakerComponent.Step step;
    private final Flows flows;
    private final Signals signals;
    private @Nullable String connection;
    private long pollMillis = 1_000;

    RainmakerEndpoint(
            String uri, RainmakerComponent component, RainmakerComponent.Step step, Flows flows, Signals signals) {
        super(uri, component);
        this.step = step;
        this.flows = flows;
        this.signals = signals;
    }

    /** The connection to sync; all where neither this nor the header names one. */
    public void setConnection(String connection) {
        this.connection = connection;
    }

    /** How often {@code rainmaker:events} looks into the inbox without being told, in milliseconds. */
    public void setPollMillis(long pollMillis) {
        this.pollMillis = pollMillis;
    }

    @Override
    public Producer createProducer() {
        if (step == RainmakerComponent.Step.EVENTS) {
            throw new IllegalArgumentException("rainmaker:events starts a route; it cannot be sent to");
        }
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                exchange.getMessage().setBody(run(exchange));
            }
        };
    }

    private Map<String, Long> run(Exchange exchange) {
        String named = connection != null
                ? connection
                : exchange.getMessage().getHeader(RainmakerComponent.CONNECTION, String.class);
        return switch (step) {
            case SYNC -> flows.sync(named);
            case INBOX -> flows.inbox();
            case REGISTRATIONS -> flows.registrations();
            case SCORE -> flows.score();
            case ASSIGN -> flows.assign();
            case WRITE -> flows.write();
            case EVENTS -> throw new IllegalStateException("rainmaker:events is no step");
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        if (step != RainmakerComponent.Step.EVENTS) {
            throw new IllegalArgumentException("only rainmaker:events starts a route");
        }
        return new EventsConsumer(this, processor, signals, pollMillis);
    }

    @Override
    public boolean isSingleton() {
        return true;
    }
}
