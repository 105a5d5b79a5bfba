package org.apache.camel.component.hubspot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps calls under a limit over a sliding window: a call that would exceed it waits. HubSpot's own word (its rate limit
 * headers) can make the limit lower, never higher. Safe for several threads.
 */
final class CallPace {

    /** The server's window and ours do not begin at the same instant. */
    private static final Duration SLACK = Duration.ofMillis(250);

    private final int most;
    private final Duration window;
    private final Clock clock;
    private final Pause pause;
    private final Deque<Instant> calls = new ArrayDeque<>();
    private int vendorMost = Integer.MAX_VALUE;

    /** How a thread waits; tests do not. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** @param most calls in a window; 0 for no limit */
    CallPace(int most, Duration window, Clock clock, Pause pause) {
        this.most = most;
        this.window = window.plus(SLACK);
        this.clock = clock;
        this.pause = pause;
    }

    /** HubSpot said how many calls it takes in a window of this length. */
    synchronized void heard(int max, Duration interval) {
        if (max > 0 && interval.plus(SLACK).equals(window)) {
            vendorMost = max;
        }
    }

    /**
     * Waits until a call may be made and counts it.
     *
     * @param reservedPercent how much of the limit this call leaves to more urgent ones
     */
    void await(int reservedPercent) throws InterruptedException {
        while (true) {
            Duration wait = claim(reservedPercent);
            if (wait.isZero()) {
                return;
            }
            pause.of(wait);
        }
    }

    /** Counts a call that may be made now and answers zero, or how long it has to wait. */
    private synchronized Duration claim(int reservedPercent) {
        if (most == 0) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        while (!calls.isEmpty() && !now.isBefore(calls.getFirst().plus(window))) {
            calls.removeFirst();
        }
        int limit = Math.min(most, vendorMost);
        int allowed = Math.max(1, limit - limit * reservedPercent / 100);
        if (calls.size() < allowed) {
            calls.addLast(now);
            return Duration.ZERO;
        }
        Instant oldestThatCounts =
                calls.stream().skip(calls.size() - allowed).findFirst().orElse(now);
        Duration wait = Duration.between(now, oldestThatCounts.plus(window));
        return wait.isNegative() || wait.isZero() ? Duration.ofMillis(1) : wait;
    }
}
