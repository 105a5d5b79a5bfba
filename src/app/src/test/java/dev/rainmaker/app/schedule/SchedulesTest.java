package dev.rainmaker.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.schedule.ScheduleStatus.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    private static final Schedules.Pace QUICK = new Schedules.Pace(Duration.ofMillis(20), Duration.ofMillis(200));

    private final DataSource database = TestPostgres.migrated().dataSource();
    private final SetClock clock = new SetClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final AtomicInteger runs = new AtomicInteger();
    private final List<Schedules> open = new ArrayList<>();

    @AfterEach
    void stop() {
        open.forEach(Schedules::close);
    }

    @Test
    void aJobRunsAtItsTimesAndSaysWhatBecameOfIt() {
        Schedules schedules = started("one", job("sync", Schedule.every(Duration.ofMinutes(15))));
        awaitRuns(1);
        await(() -> schedules
                .status("sync")
                .last()
                .flatMap(ScheduleStatus.LastRun::outcome)
                .isPresent());

        clock.forward(Duration.ofMinutes(14));
        ScheduleStatus early = schedules.status("sync");
        assertThat(early.last().orElseThrow().message()).isEqualTo("run 1");
        assertThat(early.last().orElseThrow().outcome()).contains(Outcome.DONE);
        assertThat(early.last().orElseThrow().runner()).isEqualTo("one");
        await(() -> schedules.status("sync").next().equals(Optional.of(Instant.parse("2026-11-22T12:15:00Z"))));

        clock.forward(Duration.ofMinutes(1));
        awaitRuns(2);
    }

    @Test
    void runsMissedWhileNothingRanAreMadeUpForByOne() {
        ScheduledJob job = job("sync", Schedule.cron("0 * * * *", ZoneOffset.UTC));
        Schedules before = started("one", job);
        before.close();

        clock.forward(Duration.ofMinutes(5 * 60 + 10));
        Schedules after = started("one", job);
        awaitRuns(1);
        await(() -> after.status("sync").next().equals(Optional.of(Instant.parse("2026-11-22T18:00:00Z"))));
        assertThat(runs).hasValue(1);
    }

    @Test
    void twoInstancesRunEachTimeOnce() {
        ScheduledJob job = job("sync", Schedule.every(Duration.ofMinutes(1)));
        Schedules one = started("one", job);
        started("two", job);

        for (int round = 1; round <= 20; round++) {
            awaitRuns(round);
            Instant next = clock.instant().plus(Duration.ofMinutes(1));
            await(() -> one.status("sync").next().equals(Optional.of(next)));
            clock.forward(Duration.ofMinutes(1));
        }
        awaitRuns(21);
        assertThat(runs).hasValue(21);
    }

    @Test
    void aFailedRunIsRememberedAndTheNextComesAtItsTime() {
        Schedules schedules = started("one", new ScheduledJob("sync", "", Schedule.every(Duration.ofMinutes(1)), () -> {
            if (runs.incrementAndGet() == 1) {
                throw new java.io.IOException("the CRM is down");
            }
            return "";
        }));
        await(() -> schedules.status("sync").failures() == 1);
        ScheduleStatus failed = schedules.status("sync");
        assertThat(failed.last().orElseThrow().outcome()).contains(Outcome.FAILED);
        assertThat(failed.last().orElseThrow().message()).isEqualTo("the CRM is down");

        await(() -> schedules
                .status("sync")
                .next()
                .equals(Optional.of(clock.instant().plusSeconds(60))));
        clock.forward(Duration.ofMinutes(1));
        awaitRuns(2);
        await(() -> schedules.status("sync").failures() == 0);
    }

    @Test
    void aPausedJobRestsInAllInstancesButRunsWhenAskedTo() {
        ScheduledJob job = job("sync", Schedule.every(Duration.ofMinutes(1)));
        Schedules bystander = new Schedules(database, clock, List.of(job));
        bystander.pause("sync", "admin");
        Schedules schedules = started("one", job, job("other", Schedule.every(Duration.ofMinutes(1))));

        awaitRuns(1);
        assertThat(bystander.status("sync").pause().orElseThrow().by()).isEqualTo("admin");
        assertThat(bystander.status("sync").next()).isEmpty();
        assertThat(schedules.status("sync").last()).isEmpty();

        assertThat(bystander.runNow("sync")).isTrue();
        awaitRuns(2);
        await(() -> schedules
                .status("sync")
                .last()
                .flatMap(ScheduleStatus.LastRun::ended)
                .isPresent());

        bystander.resume("sync");
        assertThat(bystander.status("sync").pause()).isEmpty();
        await(() -> bystander.status("sync").next().isPresent());
        clock.forward(Duration.ofMinutes(2));
        awaitRuns(4);
    }

    @Test
    void aJobOnDemandRunsWhenAskedToAndThenNotAgain() {
        Schedules schedules = started("one", job("refit", Schedule.onDemand()));
        assertThat(schedules.status("refit").next()).isEmpty();

        assertThat(schedules.runNow("refit")).isTrue();
        awaitRuns(1);
        await(() -> !schedules.status("refit").running()
                && schedules.status("refit").next().isEmpty());
    }

    @Test
    void aRunThatGoesOnIsShownAndNotStartedTwice() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Semaphore finish = new Semaphore(0);
        Schedules schedules = started("one", new ScheduledJob("sync", "", Schedule.onDemand(), () -> {
            begun.countDown();
            finish.acquire();
            return "";
        }));
        schedules.runNow("sync");
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(schedules.status("sync").running()).isTrue();
        assertThat(schedules.runNow("sync")).isFalse();
        finish.release();
        await(() -> !schedules.status("sync").running());
    }

    @Test
    void changedTimesAreTakenUpAtTheNextStart() {
        started("one", job("sync", Schedule.cron("0 3 * * *", ZoneOffset.UTC))).close();

        Schedules schedules = started("one", job("sync", Schedule.cron("0 4 * * *", ZoneOffset.UTC)));
        assertThat(schedules.status("sync").next()).contains(Instant.parse("2026-11-23T04:00:00Z"));
    }

    @Test
    void theRunOfAVanishedProcessIsStartedAgain() throws Exception {
        ScheduledJob job = job("sync", Schedule.onDemand());
        Schedules schedules = started("survivor", job);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE scheduled_tasks SET picked = true, picked_by = 'vanished',"
                    + " last_heartbeat = '2026-11-22T11:00:00Z', execution_time = '2026-11-22T11:00:00Z'");
        }

        await(() -> {
            clock.forward(QUICK.heartbeat());
            return runs.get() == 1;
        });
        await(() -> schedules
                .status("sync")
                .last()
                .flatMap(ScheduleStatus.LastRun::outcome)
                .equals(Optional.of(Outcome.DONE)));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        Schedules schedules = new Schedules(database, clock, List.of(job("sync", Schedule.onDemand())));

        assertThatThrownBy(() -> schedules.pause("snyc", "admin"))
                .isInstanceOf(UnknownSchedule.class)
                .hasMessage("There is no schedule \"snyc\"; there are sync.");
    }

    private ScheduledJob job(String name, Schedule when) {
        return new ScheduledJob(name, "a job", when, () -> "run " + runs.incrementAndGet());
    }

    private Schedules started(String runner, ScheduledJob... jobs) {
        Schedules schedules = new Schedules(database, clock, List.of(jobs), QUICK, runner);
        open.add(schedules);
        schedules.start();
        return schedules;
    }

    private void awaitRuns(int count) {
        await(() -> runs.get() >= count);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within 30 s");
            }
            Thread.yield();
        }
    }
}
