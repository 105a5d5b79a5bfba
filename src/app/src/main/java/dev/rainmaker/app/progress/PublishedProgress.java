package dev.rainmaker.app.progress;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Progress that is passed on and also kept, so that others in the process (the console) can see how far work has come. */
public final class PublishedProgress implements Progress {

    private final Progress behind;
    private final Clock clock;
    private volatile @Nullable Step latest;

    public PublishedProgress(Progress behind, Clock clock) {
        this.behind = behind;
        this.clock = clock;
    }

    /**
     * What was said last.
     *
     * @param expected records in all, -1 where unknown
     * @param calls to the vendor in this step
     */
    public record Step(String name, long done, long expected, long calls, Instant at) {}

    @Override
    public void at(String step, long done, long expected, long calls) {
        latest = new Step(step, done, expected, calls, clock.instant());
        behind.at(step, done, expected, calls);
    }

    /** What was said last; empty before the first word. */
    public Optional<Step> latest() {
        return Optional.ofNullable(latest);
    }
}
