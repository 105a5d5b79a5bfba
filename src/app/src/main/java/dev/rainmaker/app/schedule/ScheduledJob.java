package dev.rainmaker.app.schedule;

/**
 * A job with its times.
 *
 * @param name the key under which its state is kept: unique; up to 100 letters, digits, spaces and {@code . _ : / -}
 * @param description one line for people
 * @param when {@link Schedule#onDemand()} for a job that is switched off: it still can be run by hand
 */
public record ScheduledJob(String name, String description, Schedule when, JobBody body) {

    public ScheduledJob {
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/-]{0,99}")) {
            throw new IllegalArgumentException(
                    "a job's name is up to 100 letters, digits, spaces and . _ : / -, not \"" + name + "\"");
        }
    }

    /** A job that says nothing about what it did. */
    public static ScheduledJob of(String name, String description, Schedule when, Runnable body) {
        return new ScheduledJob(name, description, when, () -> {
            body.run();
            return "";
        });
    }
}
