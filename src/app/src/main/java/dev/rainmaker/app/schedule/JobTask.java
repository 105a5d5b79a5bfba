package dev.rainmaker.app.schedule;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.rainmaker.app.schedule.ScheduleStatus.Outcome;
import java.time.Clock;
import java.time.Instant;

/** One job as db-scheduler runs it: recorded from begin to end, and planned anew after each run, however it ended. */
record JobTask(ScheduledJob job, ScheduleLedger ledger, Clock clock, String runner) {

    static TaskInstanceId idOf(ScheduledJob job) {
        return TaskInstanceId.of(job.name(), ScheduleLedger.TENANT);
    }

    CustomTask<Void> task() {
        return Tasks.custom(job.name(), Void.class)
                .onFailure(this::failed)
                .onDeadExecution(this::abandoned)
                .execute((instance, context) -> run());
    }

    private CompletionHandler<Void> run() {
        if (!ledger.begin(job.name(), runner, clock.instant())) {
            return this::planNext;
        }
        try {
            String message = job.body().run();
            return (complete, operations) -> {
                ledger.end(job.name(), Outcome.DONE, message, clock.instant());
                planNext(complete, operations);
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new JobFailure("stopped before it was done", stopped);
        } catch (Exception failure) {
            String message = failure.getMessage();
            throw new JobFailure(message == null ? failure.getClass().getSimpleName() : message, failure);
        }
    }

    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        String why = complete.getCause()
                .map(cause -> cause instanceof JobFailure ? String.valueOf(cause.getMessage()) : cause.toString())
                .orElse("unknown");
        ledger.end(job.name(), Outcome.FAILED, why, clock.instant());
        planNext(complete, operations);
    }

    private void abandoned(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        ledger.end(job.name(), Outcome.ABANDONED, "its process vanished; started again", clock.instant());
        ledger.requestRun(job.name(), clock.instant());
        operations.reschedule(complete, clock.instant());
    }

    private void planNext(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Instant planned = complete.getExecution().getExecutionTime();
        operations.reschedule(complete, job.when().next(planned, clock.instant()));
    }

    /** Carries a job's own failure through db-scheduler. */
    private static final class JobFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JobFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
