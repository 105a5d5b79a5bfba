package dev.rainmaker.app.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as people see it.
 *
 * @param when its times in words that {@link Schedule#parse} reads
 * @param next when it runs next; empty if it is paused or runs on demand only
 * @param failures failed runs in a row
 */
public record ScheduleStatus(
        String name,
        String description,
        String when,
        boolean running,
        Optional<Pause> pause,
        Optional<Instant> next,
        Optional<LastRun> last,
        int failures) {

    /** Since when a job rests, and who said so. */
    public record Pause(Instant since, String by) {}

    /**
     * The run that started last.
     *
     * @param ended empty while it runs
     * @param outcome empty while it runs
     * @param message what the job said it did, or why it failed
     * @param runner the process that ran it
     */
    public record LastRun(
            Instant started, Optional<Instant> ended, Optional<Outcome> outcome, String message, String runner) {}

    /** How a run ended. */
    public enum Outcome {
        /** The job did its work. */
        DONE,
        /** The job ended with an error. */
        FAILED,
        /** The process that ran it vanished; the job was started again elsewhere. */
        ABANDONED
    }
}
