package dev.rainmaker.app.flow;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The {@code rainmaker:} component: {@code rainmaker:sync?connection=crm}, {@code rainmaker:inbox}, {@code rainmaker:registrations},
 * {@code rainmaker:score},
 * {@code rainmaker:assign}, {@code rainmaker:write} do a step of a flow; {@code rainmaker:events} starts a route whenever
 * something was pushed to us.
 */
public final class RainmakerComponent extends DefaultComponent {

    /** Header that names the connection where the endpoint does not. */
    public static final String CONNECTION = "RainmakerConnection";

    private final Flows flows;
    private final Signals signals;

    public RainmakerComponent(CamelContext context, Flows flows, Signals signals) {
        super(context);
        this.flows = flows;
        this.signals = signals;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RainmakerEndpoint endpoint = new RainmakerEndpoint(uri, this, Step.of(remaining), flows, signals);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** What an endpoint does. */
    enum Step {
        SYNC,
        INBOX,
        REGISTRATIONS,
        SCORE,
        ASSIGN,
        WRITE,
        EVENTS;

        static Step of(String word) {
            for (Step step : values()) {
                if (step.name().equalsIgnoreCase(word)) {
                    return step;
                }
            }
            throw new IllegalArgumentException(
                    "rainmaker:" + word
                            + " does not exist; there are rainmaker:sync, inbox, registrations, score, assign, write and events");
        }
    }
}
