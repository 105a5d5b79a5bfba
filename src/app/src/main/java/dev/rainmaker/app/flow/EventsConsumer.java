package dev.rainmaker.app.flow;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Starts its route when an event was stored, and every poll interval for events stored by another instance. */
final class EventsConsumer extends DefaultConsumer {

    private final Signals signals;
    private final long pollMillis;
    private @Nullable Thread thread;
    private volatile boolean running;

    EventsConsumer(RainmakerEndpoint endpoint, Processor processor, Signals signals, long pollMillis) {
        super(endpoint, processor);
        this.signals = signals;
        this.pollMillis = pollMillis;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        running = true;
        Thread started = new Thread(this::loop, "rainmaker-events");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    private void loop() {
        while (running) {
            try {
                signals.awaitEvent(pollMillis);
                if (!running || !isRunAllowed()) {
                    continue;
                }
                Exchange exchange = createExchange(false);
                try {
                    getProcessor().process(exchange);
                } catch (Exception failed) {
                    exchange.setException(failed);
                }
                if (exchange.getException() != null) {
                    getExceptionHandler()
                            .handleException("the intake flow failed; it goes on", exchange.getException());
                }
                releaseExchange(exchange, false);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    protected void doStop() throws Exception {
        running = false;
        Thread started = thread;
        if (started != null) {
            started.interrupt();
            started.join(5_000);
        }
        super.doStop();
    }
}
