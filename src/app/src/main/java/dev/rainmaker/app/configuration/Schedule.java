package dev.rainmaker.app.configuration;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a task runs by itself: at a fixed interval or by a calendar, one of the two.
 *
 * @param name of the schedule, unique
 * @param task {@code sync}, {@code reconcile}, {@code score} or {@code refit}
 * @param connection for sync and reconcile; empty means every connection
 * @param every from the end of one run to the begin of the next
 * @param cron six fields (second minute hour day month weekday), in {@code zone}
 */
public record Schedule(
        String name,
        String task,
        Optional<String> connection,
        Optional<Duration> every,
        Optional<String> cron,
        ZoneId zone) {

    public Schedule {
        if (every.isPresent() == cron.isPresent()) {
            throw new IllegalArgumentException("a schedule needs \"every\" or \"cron\", and not both");
        }
    }
}
