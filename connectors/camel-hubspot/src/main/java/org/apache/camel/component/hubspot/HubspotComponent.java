package org.apache.camel.component.hubspot;

import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Talks to HubSpot. All endpoints of a component with the same credentials share one client: its token and its pace. */
@Component("hubspot")
public class HubspotComponent extends DefaultComponent {

    @Metadata(description = "Options that all endpoints of this component start from.")
    private HubspotConfiguration configuration = new HubspotConfiguration();

    private final Clock clock;
    private final CallPace.Pause pause;
    private HubspotClient shared;

    public HubspotComponent() {
        this(null);
    }

    public HubspotComponent(CamelContext context) {
        this(context, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
    }

    HubspotComponent(CamelContext context, Clock clock, CallPace.Pause pause) {
        super(context);
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int slash = remaining.indexOf('/');
        if (slash <= 0 || slash == remaining.length() - 1) {
            throw new IllegalArgumentException(
                    "an endpoint is hubspot:resource/operation, such as hubspot:objects/search, not hubspot:"
                            + remaining);
        }
        HubspotEndpoint endpoint = new HubspotEndpoint(uri, this, configuration.copy());
        endpoint.setResource(remaining.substring(0, slash));
        endpoint.setOperation(remaining.substring(slash + 1));
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    /** The client of an endpoint: the shared one where its options are the component's. */
    synchronized HubspotClient client(HubspotConfiguration wanted) {
        if (!wanted.sameAs(configuration)) {
            return new HubspotClient(wanted, clock, pause, RandomGenerator.getDefault());
        }
        if (shared == null) {
            shared = new HubspotClient(configuration.copy(), clock, pause, RandomGenerator.getDefault());
        }
        return shared;
    }

    Clock clock() {
        return clock;
    }

    /** What HubSpot last said of the calls of the day; -1 where it said nothing. */
    public synchronized HubspotUsage usage() {
        return shared == null ? new HubspotUsage(-1, -1, 0) : shared.usage();
    }

    public HubspotConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(HubspotConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    protected void doStop() throws Exception {
        synchronized (this) {
            if (shared != null) {
                shared.close();
                shared = null;
            }
        }
        super.doStop();
    }
}
