package dev.rainmaker.app.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * The jobs of this installation. Instances on one database share them: each run happens in one instance. The state is in the
 * database, so an object that was never {@linkplain #start() started} can list, pause and request runs for those that were.
 */
public final class Schedules implements AutoCloseable {
    private static final int LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int THREADS = 4;
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);

    private final Map<String, ScheduledJob> jobs = new LinkedHashMap<>();
    private final ScheduleLedger ledger;
    private final Clock clock;
    private final Scheduler scheduler;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * How closely the runner looks.
     *
     * @param polling how often it asks for due jobs
     * @param heartbeat how often it says that a run goes on; a run silent for four of them is started again elsewhere
     */
    record Pace(Duration polling, Duration heartbeat) {
        static final Pace STANDARD = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /**
     * @param dataSource a database with the migrations applied
     * @throws IllegalArgumentException if two jobs have one name
     */
    public Schedules(DataSource dataSource, Clock clock, List<ScheduledJob> jobs) {
        this(dataSource, clock, jobs, Pace.STANDARD, thisProcess());
    }

    Schedules(DataSource dataSource, Clock clock, List<ScheduledJob> jobs, Pace pace, String runner) {
        for (ScheduledJob job : jobs) {
            if (this.jobs.put(job.name(), job) != null) {
                throw new IllegalArgumentException("two jobs are named \"" + job.name() + "\"");
            }
        }
        this.ledger = new ScheduleLedger(dataSource);
        this.clock = clock;
        List<Task<?>> tasks = jobs.stream()
                .<Task<?>>map(job -> new JobTask(job, ledger, clock, runner).task())
                .toList();
        this.scheduler = new Builder(dataSource, tasks)
                .clock(clock::instant)
                .schedulerName(() -> runner)
                .threads(THREADS)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(pace.polling())
                .heartbeatInterval(pace.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(SHUTDOWN_LIMIT)
                .alwaysPersistTimestampInUTC()
                .failureLogging(LogLevel.WARN, false)
                .build();
    }

    /** Pauses between looks by the machine's own time: a clock that is set back must not make it stop looking. */
    private static final class Builder extends SchedulerBuilder {
        Builder(DataSource dataSource, List<Task<?>> tasks) {
            super(dataSource, tasks);
        }

        @Override
        protected Waiter buildWaiter() {
            return new Waiter(poolingInterval);
        }
    }

    private static String thisProcess() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "localhost";
        }
        return host + "/" + ProcessHandle.current().pid();
    }

    /** Plans every job (new and changed ones from now, others as planned, due ones at once) and begins to run them. */
    public void start() {
        jobs.values().forEach(this::plan);
        scheduler.start();
        started.set(true);
    }

    private void plan(ScheduledJob job) {
        Instant first = job.when().first(clock.instant());
        boolean changed = ledger.define(job.name(), job.when().describe());
        boolean added = scheduler.scheduleIfNotExists(instanceOf(job), first);
        if (changed && !added) {
            moveTo(job, first);
        }
    }

    private static TaskInstance<Void> instanceOf(ScheduledJob job) {
        TaskInstanceId id = JobTask.idOf(job);
        return new TaskInstance<>(id.getTaskName(), id.getId());
    }

    /** False if it runs right now. */
    private boolean moveTo(ScheduledJob job, Instant when) {
        try {
            scheduler.reschedule(JobTask.idOf(job), when);
            return true;
        } catch (TaskInstanceCurrentlyExecutingException running) {
            return false;
        } catch (TaskInstanceNotFoundException gone) {
            return scheduler.scheduleIfNotExists(instanceOf(job), when);
        }
    }

    /** All jobs in the order of the configuration. */
    public List<ScheduleStatus> list() {
        return jobs.values().stream().map(ledger::read).toList();
    }

    /** @throws UnknownSchedule if there is no such job */
    public ScheduleStatus status(String name) {
        return ledger.read(job(name));
    }

    /**
     * Lets a job rest in all instances until it is resumed; a run that goes on goes on.
     *
     * @param by who asked, for those who wonder later
     * @throws UnknownSchedule if there is no such job
     */
    public void pause(String name, String by) {
        ledger.enlist(job(name).name(), job(name).when().describe());
        ledger.pause(name, by, clock.instant());
    }

    /**
     * Ends a rest. The job runs next at its next time; what it missed is not made up for.
     *
     * @throws UnknownSchedule if there is no such job
     */
    public void resume(String name) {
        ledger.resume(job(name).name());
    }

    /**
     * Has a job run within a second or so, in whichever started instance is first, also if it is paused or on demand.
     *
     * @return false if it runs already
     * @throws UnknownSchedule if there is no such job
     */
    public boolean runNow(String name) {
        ScheduledJob job = job(name);
        ledger.enlist(name, job.when().describe());
        Instant now = clock.instant();
        ledger.requestRun(name, now);
        for (int look = 1; look <= LOOKS; look++) {
            if (scheduler.scheduleIfNotExists(instanceOf(job), now) || moveTo(job, now)) {
                return true;
            }
            if (ledger.read(job).running() || !pauseBetweenLooks()) {
                break;
            }
        }
        ledger.withdrawRequest(name);
        return false;
    }

    /** A paused job that is due is held for a moment by whoever finds that it must not run. False if interrupted. */
    private static boolean pauseBetweenLooks() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ScheduledJob job(String name) {
        ScheduledJob job = jobs.get(name);
        if (job == null) {
            throw new UnknownSchedule(name, jobs.keySet());
        }
        return job;
    }

    /** Starts no more runs and waits up to 20 s for those that go on, then interrupts them. */
    @Override
    public void close() {
        if (started.compareAndSet(true, false)) {
            scheduler.stop();
        }
    }
}
