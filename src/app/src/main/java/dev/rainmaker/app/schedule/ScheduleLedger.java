package dev.rainmaker.app.schedule;

import dev.rainmaker.app.schedule.ScheduleStatus.LastRun;
import dev.rainmaker.app.schedule.ScheduleStatus.Outcome;
import dev.rainmaker.app.schedule.ScheduleStatus.Pause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code schedule}: what people may change about a job and what became of its last run. */
final class ScheduleLedger {
    static final String TENANT = "default";
    private static final int LONGEST_MESSAGE = 500;

    private final JdbcClient jdbc;

    ScheduleLedger(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Keeps a job's times. True if they are new or differ from those kept. */
    boolean define(String name, String definition) {
        return jdbc.sql("""
                        INSERT INTO schedule (tenant, name, definition) VALUES (:tenant, :name, :definition)
                        ON CONFLICT (tenant, name) DO UPDATE SET definition = excluded.definition
                        WHERE schedule.definition <> excluded.definition
                        """)
                        .param("tenant", TENANT)
                        .param("name", name)
                        .param("definition", definition)
                        .update()
                > 0;
    }

    /** Makes sure that there is a row to change, without touching one that is there. */
    void enlist(String name, String definition) {
        jdbc.sql("INSERT INTO schedule (tenant, name, definition) VALUES (:tenant, :name, :definition)"
                        + " ON CONFLICT DO NOTHING")
                .param("tenant", TENANT)
                .param("name", name)
                .param("definition", definition)
                .update();
    }

    void pause(String name, String by, Instant now) {
        update(
                "paused_at = :at, paused_by = :by WHERE tenant = :tenant AND name = :name AND paused_at IS NULL",
                name,
                by,
                now);
    }

    void resume(String name) {
        update("paused_at = NULL, paused_by = NULL WHERE tenant = :tenant AND name = :name", name, "", Instant.EPOCH);
    }

    void requestRun(String name, Instant now) {
        update("run_requested_at = :at WHERE tenant = :tenant AND name = :name", name, "", now);
    }

    void withdrawRequest(String name) {
        update("run_requested_at = NULL WHERE tenant = :tenant AND name = :name", name, "", Instant.EPOCH);
    }

    /** Marks a run as begun. False if the job is paused and nobody asked for this run: it must not run then. */
    boolean begin(String name, String runner, Instant now) {
        return update(
                "started_at = :at, ended_at = NULL, outcome = NULL, message = NULL, runner = :by, run_requested_at = NULL"
                        + " WHERE tenant = :tenant AND name = :name AND (paused_at IS NULL OR run_requested_at IS NOT NULL)",
                name,
                runner,
                now);
    }

    void end(String name, Outcome outcome, String message, Instant now) {
        String failures = outcome == Outcome.DONE ? "0" : "failures + 1";
        String words = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message;
        update(
                "ended_at = :at, outcome = '" + outcome.name().toLowerCase(Locale.ROOT)
                        + "', message = :by, failures = " + failures + " WHERE tenant = :tenant AND name = :name",
                name,
                words.replace("\0", ""),
                now);
    }

    private boolean update(String change, String name, String by, Instant at) {
        return jdbc.sql("UPDATE schedule SET " + change)
                        .param("tenant", TENANT)
                        .param("name", name)
                        .param("by", by)
                        .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                        .update()
                > 0;
    }

    ScheduleStatus read(ScheduledJob job) {
        return jdbc.sql("""
                        SELECT s.*, t.picked, t.execution_time FROM schedule s
                        LEFT JOIN scheduled_tasks t ON t.task_name = s.name AND t.task_instance = s.tenant
                        WHERE s.tenant = :tenant AND s.name = :name
                        """)
                .param("tenant", TENANT)
                .param("name", job.name())
                .query((row, number) -> status(job, row))
                .optional()
                .orElseGet(() -> new ScheduleStatus(
                        job.name(),
                        job.description(),
                        job.when().describe(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0));
    }

    private static ScheduleStatus status(ScheduledJob job, ResultSet row) throws SQLException {
        Optional<Pause> pause = instant(row, "paused_at").map(since -> new Pause(since, text(row, "paused_by")));
        Optional<Instant> ended = instant(row, "ended_at");
        Optional<LastRun> last = instant(row, "started_at")
                .map(started -> new LastRun(started, ended, outcome(row), text(row, "message"), text(row, "runner")));
        boolean running = row.getBoolean("picked") && last.isPresent() && ended.isEmpty();
        Optional<Instant> next = instant(row, "execution_time")
                .filter(instant -> pause.isEmpty() && !running && instant.isBefore(Schedule.NEVER));
        return new ScheduleStatus(
                job.name(),
                job.description(),
                job.when().describe(),
                running,
                pause,
                next,
                last,
                row.getInt("failures"));
    }

    private static Optional<Outcome> outcome(ResultSet row) {
        return Optional.of(text(row, "outcome"))
                .filter(word -> !word.isEmpty())
                .map(word -> Outcome.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private static String text(ResultSet row, String column) {
        try {
            String text = row.getString(column);
            return text == null ? "" : text;
        } catch (SQLException wrongColumn) {
            throw new IllegalStateException(wrongColumn);
        }
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        Timestamp stamp = row.getTimestamp(column);
        return stamp == null ? Optional.empty() : Optional.of(stamp.toInstant());
    }
}
