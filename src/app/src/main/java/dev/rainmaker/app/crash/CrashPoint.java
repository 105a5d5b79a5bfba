package dev.rainmaker.app.crash;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Points between two durable steps. With {@code RAINMAKER_CRASH_AT=name:n} or {@code name@stream:n} in the environment the
 * process kills itself, as {@code kill -9} would, when it reaches that point (of that stream) for the n-th time; without it a
 * point costs one comparison. Crash tests use this to prove that work interrupted anywhere goes on without loss and without
 * doing anything twice.
 */
public enum CrashPoint {
    LEDGER_STARTING,
    PAGE_FETCHED,
    PAGE_COMMITTED,
    DECISION_COMMITTED,
    BATCH_SENT,
    ANSWER_RECEIVED,
    OUTCOME_COMMITTED,
    BEFORE_CONFIRMATION;

    private static final @Nullable String AT = System.getenv("RAINMAKER_CRASH_AT");
    private static final Map<CrashPoint, AtomicLong> REACHED = new ConcurrentHashMap<>();

    /** Kills the process if this is the point and the count asked for. */
    public void reached() {
        reached("");
    }

    /** The same at a point that many streams pass, such as {@code crm/Lead}. */
    public void reached(String stream) {
        if (AT == null) {
            return;
        }
        String[] wanted = AT.split(":", 2);
        if (!wanted[0].equals(name()) && !wanted[0].equals(name() + "@" + stream)) {
            return;
        }
        long count = REACHED.computeIfAbsent(this, point -> new AtomicLong()).incrementAndGet();
        if (count == (wanted.length == 1 ? 1 : Long.parseLong(wanted[1]))) {
            kill();
        }
    }

    /** Kills the process a moment from now if this is the point: for a death while a call is on its way. */
    public void reachedSoon() {
        if (AT != null && AT.split(":", 2)[0].equals(name())) {
            Thread killer = new Thread(
                    () -> {
                        try {
                            Thread.sleep(2);
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                        reached();
                    },
                    "crash");
            killer.setDaemon(true);
            killer.start();
        }
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            Thread.sleep(10_000);
        } catch (IOException noKill) {
            Runtime.getRuntime().halt(137);
        } catch (InterruptedException stopped) {
            Runtime.getRuntime().halt(137);
        }
        Runtime.getRuntime().halt(137);
    }
}
