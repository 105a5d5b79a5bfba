package dev.rainmaker.app.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Progress for people, on the error stream: one line rewritten in place on a terminal, a plain line every few seconds and
 * at the end of each step elsewhere. Shows records, rate, calls used and time left.
 */
public final class TerminalProgress implements Progress {

    private static final Duration ON_TERMINAL = Duration.ofMillis(150);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Clock clock;
    private final boolean terminal;
    private @Nullable String step;
    private Instant began = Instant.EPOCH;
    private Instant shown = Instant.EPOCH;
    private String line = "";
    private boolean muted;

    public TerminalProgress(PrintStream out, Clock clock, boolean terminal) {
        this.out = out;
        this.clock = clock;
        this.terminal = terminal;
    }

    @Override
    public synchronized void at(String now, long done, long expected, long calls) {
        if (muted) {
            return;
        }
        Instant instant = clock.instant();
        if (!now.equals(step)) {
            finishStep();
            step = now;
            began = instant;
            shown = Instant.EPOCH;
        }
        line = describe(now, done, expected, calls, Duration.between(began, instant));
        if (Duration.between(shown, instant).compareTo(terminal ? ON_TERMINAL : ELSEWHERE) >= 0 && terminal) {
            out.print("\r\u001b[K" + line);
            out.flush();
            shown = instant;
        } else if (!terminal && Duration.between(shown, instant).compareTo(ELSEWHERE) >= 0 && shown != Instant.EPOCH) {
            out.println(line);
            shown = instant;
        } else if (shown == Instant.EPOCH) {
            shown = instant;
        }
    }

    /** Says nothing from here on. */
    public synchronized void mute() {
        finishStep();
        muted = true;
    }

    /** Ends the current step with its last line. */
    public synchronized void finishStep() {
        if (step != null) {
            out.println(terminal ? "\r\u001b[K" + line : line);
            step = null;
        }
    }

    static String describe(String step, long done, long expected, long calls, Duration elapsed) {
        double seconds = Math.max(elapsed.toMillis(), 1) / 1000.0;
        double rate = done / seconds;
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-28s %,9d", step, done));
        if (expected > 0) {
            text.append(String.format(Locale.ROOT, " of %,d", expected));
        }
        text.append(String.format(Locale.ROOT, "  %,.0f/s  %.1f s", rate, seconds));
        if (calls > 0) {
            text.append(String.format(Locale.ROOT, "  %d call%s", calls, calls == 1 ? "" : "s"));
        }
        if (expected > done && rate > 0 && seconds > 1) {
            text.append(String.format(Locale.ROOT, "  %.0f s left", (expected - done) / rate));
        }
        return text.toString();
    }
}
