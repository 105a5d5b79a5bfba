package dev.rainmaker.app.runtime;

import dev.rainmaker.app.ledger.ScoreRetention;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.schedule.JobBody;
import dev.rainmaker.app.schedule.Schedule;
import dev.rainmaker.app.schedule.ScheduledJob;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a server does by itself: the configured schedules, or where there are none, a sync at usual times. The day's scores and
 * the refit happen in any case: what expires lowers a score on its day, whether or not a connected system says anything.
 */
public final class StandingJobs {

    private static final Duration DEALS = Duration.ofMinutes(1);
    private static final Duration DEADLINES = Duration.ofSeconds(15);
    private static final Duration SYNC = Duration.ofMinutes(5);
    private static final String REFIT = "0 30 3 * * *";
    private static final String RETENTION = "0 30 4 * * *"; // after the refit, which stores scores of everybody
    private static final String NEW_DAY = "30 0 0 * * *"; // as-of days are days of UTC
    private static final String SCORE = "Score partners as of today";
    private static final String REFITS = "Fit partner lifetime value anew on all facts and test it on the past";
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
        List<ScheduledJob> all = new ArrayList<>();
        if (configured.isEmpty()) {
            all.add(jobs.usualSync());
        }
        configured.forEach(schedule -> all.add(jobs.job(schedule)));
        all.add(jobs.deadlines(free("deadlines", configured)));
        if (configured.stream().noneMatch(schedule -> schedule.task().equals("score"))) {
            all.add(new ScheduledJob(
                    free("score", configured), SCORE, Schedule.cron(NEW_DAY, ZoneOffset.UTC), jobs::score));
        }
        if (configured.stream().noneMatch(schedule -> schedule.task().equals("refit"))) {
            all.add(new ScheduledJob(
                    free("refit", configured), REFITS, Schedule.cron(REFIT, ZoneOffset.UTC), jobs::refit));
        }
        all.add(jobs.deals(free("deal-registration", configured)));
        all.add(jobs.retention(free("retention", configured)));
        return List.copyOf(all);
    }

    /** Locks end by the database's clock whether or not this runs; it notes the end, reminds, and tells the next in line. */
    private ScheduledJob deals(String name) {
        return new ScheduledJob(
                name,
                "Move on deal registrations that are due: reviews, reminders, ends of protection",
                Schedule.every(DEALS),
                () -> words(rainmaker.followDeals().due()));
    }

    private ScheduledJob retention(String name) {
        return new ScheduledJob(
                name,
                "Thin out past scores: one a day for " + ScoreRetention.MONTHS_BY_DAY + " months, then one a month",
                Schedule.cron(RETENTION, ZoneOffset.UTC),
                () -> {
                    ScoreRetention.LetGo gone = new ScoreRetention(rainmaker.ledger()).thin(clock.instant());
                    return gone.scores() + " past scores and " + gone.versions() + " versions let go";
                });
    }

    /** The name, unless a schedule of another task has it. */
    private static String free(String name, List<dev.rainmaker.app.configuration.Schedule> configured) {
        return configured.stream().anyMatch(schedule -> schedule.name().equals(name)) ? "plv-" + name : name;
    }

    private ScheduledJob deadlines(String name) {
        return new ScheduledJob(
                name,
                "Remind partners, pull back leads that nobody accepted, close offers",
                Schedule.every(DEADLINES),
                () -> rainmaker.deadlines() + " leads moved on");
    }

    private ScheduledJob usualSync() {
        return new ScheduledJob(
                "sync", "Read changes of every connection", Schedule.every(SYNC), () -> sync(null, false));
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
            case "score" -> this::score;
            case "refit" -> this::refit;
            default ->
                throw new IllegalArgumentException("schedule " + configured.name() + ": there is no task \""
                        + configured.task() + "\"; there are sync, reconcile, score and refit");
        };
        String what = switch (configured.task()) {
            case "sync" -> "Read changes of " + of;
            case "reconcile" -> "Read all of " + of + " again";
            case "score" -> SCORE;
            default -> REFITS;
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

    private String score() {
        return rainmaker.scorePartners().score(clock.instant(), Progress.SILENT) + " partners scored";
    }

    private String refit() {
        return rainmaker.scorePartners().refit(clock.instant(), Progress.SILENT) + " partners scored";
    }
}
