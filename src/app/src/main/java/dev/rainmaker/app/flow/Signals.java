package dev.rainmaker.app.flow;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the intake flow when an event was stored; several events before it wakes are one signal. */
public final class Signals {

    private final Semaphore events = new Semaphore(0);

    /** Says that there is something in the inbox. */
    public void eventStored() {
        events.release();
    }

    /** Waits for a signal, at most that long: another instance may have stored an event without telling us. */
    public boolean awaitEvent(long millis) throws InterruptedException {
        boolean told = events.tryAcquire(millis, TimeUnit.MILLISECONDS);
        events.drainPermits();
        return told;
    }
}
