package dev.rainmaker.sandbox;

import dev.rainmaker.sandbox.salesforce.SalesforceSandbox;
import dev.rainmaker.sandbox.world.LeadTrickle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** New leads that keep arriving by web form. */
final class Trickle implements AutoCloseable {

    private final ScheduledExecutorService timer;

    private Trickle(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Starts the stream. After a restart it goes on with other leads.
     *
     * @throws IOException if the folder has no account of a partner, from whose countries leads could come
     */
    static Trickle start(SalesforceSandbox org, Duration every, long seed, Path export) throws IOException {
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException("--trickle needs a time such as PT3S, not " + every);
        }
        LeadTrickle leads = new LeadTrickle(seed + org.leads(), export);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "trickle");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleAtFixedRate(
                () -> add(org, leads.next()), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return new Trickle(timer);
    }

    /** A lead the org refuses is reported and does not end the stream. */
    private static void add(SalesforceSandbox org, Map<String, String> lead) {
        try {
            org.webLead(lead);
        } catch (RuntimeException e) {
            System.err.println("a new lead did not arrive: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
