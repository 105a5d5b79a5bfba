package dev.rainmaker.app.runtime;

import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.schedule.JobBody;
import dev.rainmaker.app.schedule.Schedule;
import dev.rainmaker.app.schedule.ScheduledJob;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a server does by itself: the configured schedules, or where there are none, a sync and a refit at usual times. */
public final class StandingJobs {

    private static final Duration SYNC = Duration.ofMinutes(5);
    private static final String REFIT = "0 30 3 * * *";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Rainmaker rainmaker;
    private final Clock clock;
    private final ReentrantLock pass = new ReentrantLock(); // passes of one process follow each other

    private StandingJobs(Rainmaker rainmaker, Clock clock) {
        this.rainmaker = rainmaker;
        this.clock = clock;
    }

    public static List<ScheduledJob> of(Rainmaker rainmaker, Clock clock) {
        StandingJobs jobs = new StandingJobs(rainmaker, clock);
        List<dev.rainmaker.app.configuration.Schedule> configured =
                rainmaker.configuration().schedules();
        return configured.isEmpty()
                ? jobs.usual()
                : configured.stream().map(jobs::job).toList();
    }

    private List<ScheduledJob> usual() {
        return List.of(
                new ScheduledJob(
                        "sync", "Read changes of every connection", Schedule.every(SYNC), () -> sync(null, false)),
                new ScheduledJob(
                        "refit",
                        "Fit partner lifetime value anew on all facts",
                        Schedule.cron(REFIT, ZoneOffset.UTC),
                        this::refit));
    }

    private ScheduledJob job(dev.rainmaker.app.configuration.Schedule configured) {
        String connection = configured.connection().orElse(null);
        String of = connection == null ? "every connection" : connection;
        Schedule when = configured
                .every()
                .map(Schedule::every)
                .orElseGet(() -> Schedule.cron(configured.cron().orElseThrow(), configured.zone()));
        JobBody body = switch (configured.task()) {
            case "sync" -> () -> sync(connection, false);
            case "reconcile" -> () -> sync(connection, true);
            case "refit" -> this::refit;
            default ->
                throw new IllegalArgumentException("schedule " + configured.name() + ": there is no task \""
                        + configured.task() + "\"; there are sync, reconcile and refit");
        };
        String what = switch (configured.task()) {
            case "sync" -> "Read changes of " + of;
            case "reconcile" -> "Read all of " + of + " again";
            default -> "Fit partner lifetime value anew on all facts";
        };
        return new ScheduledJob(configured.name(), what, when, body);
    }

    private String sync(@Nullable String connection, boolean full) throws InterruptedException {
        pass.lockInterruptibly();
        try {
            rainmaker.pass(connection, full, PATIENCE);
        } finally {
            pass.unlock();
        }
        StringBuilder done = new StringBuilder();
        rainmaker.runs().lastEnded().stream()
                .filter(run -> connection == null || connection.equals(run.connection()))
                .forEach(run -> done.append(done.isEmpty() ? "" : "; ")
                        .append(run.connection())
                        .append(": ")
                        .append(run.state().equals("failed") ? "failed, " + run.message() : words(run.counts())));
        return done.toString();
    }

    private static String words(Map<String, Long> counts) {
        return counts.toString().replaceAll("[{}]", "").replace('=', ' ');
    }

    private String refit() {
        return rainmaker.scorePartners().refit(clock.instant(), Progress.SILENT) + " partners scored";
    }
}
