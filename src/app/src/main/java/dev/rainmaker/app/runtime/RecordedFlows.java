package dev.rainmaker.app.runtime;

import dev.rainmaker.app.assignment.AssignLeads;
import dev.rainmaker.app.assignment.AssignResult;
import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.dealregistration.FollowRegistrations;
import dev.rainmaker.app.flow.Flows;
import dev.rainmaker.app.intake.Intake;
import dev.rainmaker.app.ledger.RunLedger;
import dev.rainmaker.app.lifetimevalue.ScorePartners;
import dev.rainmaker.app.people.MatchPeople;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.sync.SyncResult;
import dev.rainmaker.app.sync.SyncStreams;
import dev.rainmaker.app.writeback.WriteBack;
import dev.rainmaker.app.writeback.WriteBackResult;
import dev.rainmaker.connector.ApiUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The steps of the flows, each sync noted as a run with what it did and the calls it made. */
final class RecordedFlows implements Flows {

    private final Connections connections;
    private final SyncStreams streams;
    private final Intake intake;
    private final FollowRegistrations registrations;
    private final MatchPeople people;
    private final ScorePartners scores;
    private final AssignLeads assignments;
    private final WriteBack writes;
    private final RunLedger runs;
    private final Clock clock;
    private final Progress progress;
    private volatile SyncOptions options = new SyncOptions(false, Duration.ZERO);
    private AssignResult assigned = AssignResult.NOTHING;
    private WriteBackResult written = WriteBackResult.NOTHING;
    private long scored;
    private long problems;

    /**
     * How the next pass is to run.
     *
     * @param full read from the start
     * @param patience how long a write step waits for entries that were postponed; zero in a server, where timers do it
     */
    record SyncOptions(boolean full, Duration patience) {}

    RecordedFlows(
            Connections connections,
            SyncStreams streams,
            Intake intake,
            FollowRegistrations registrations,
            MatchPeople people,
            ScorePartners scores,
            AssignLeads assignments,
            WriteBack writes,
            RunLedger runs,
            Clock clock,
            Progress progress) {
        this.connections = connections;
        this.streams = streams;
        this.intake = intake;
        this.registrations = registrations;
        this.people = people;
        this.scores = scores;
        this.assignments = assignments;
        this.writes = writes;
        this.runs = runs;
        // The database keeps microseconds: an instant finer than that would not come out of it as it went in, and no
        // decision could be made again to the byte.
        this.clock = Clock.tick(clock, Duration.ofNanos(1_000));
        this.progress = progress;
    }

    void options(SyncOptions given) {
        this.options = given;
    }

    @Override
    public Map<String, Long> sync(@Nullable String name) {
        SyncResult total = SyncResult.NOTHING;
        List<RuntimeException> failures = new ArrayList<>();
        for (LiveConnection connection : chosen(name)) {
            try {
                total = total.plus(syncOne(connection));
            } catch (RuntimeException failed) { // one connection down must not stop the others
                failures.add(failed);
            }
        }
        if (!failures.isEmpty() && failures.size() == chosen(name).size()) {
            throw failures.get(0);
        }
        synchronized (this) {
            problems += total.problems() + failures.size();
        }
        return total.counts();
    }

    private Collection<LiveConnection> chosen(@Nullable String name) {
        if (name == null) {
            return connections.all();
        }
        return List.of(connections
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no connection \"" + name + "\"; there are "
                        + connections.all().stream().map(LiveConnection::name).toList())));
    }

    private SyncResult syncOne(LiveConnection connection) {
        long run = runs.start("sync", connection.name());
        ApiUsage before = connection.connector().usage();
        try {
            SyncResult result = streams.sync(connection, options.full(), false, progress);
            runs.end(run, result.problems() == 0 ? "done" : "rejects", result.counts(), null);
            return result;
        } catch (RuntimeException failed) {
            runs.end(run, "failed", Map.of(), failed.getMessage());
            throw failed;
        } finally {
            runs.addCalls(connection.name(), before, connection.connector().usage(), clock.instant());
        }
    }

    @Override
    public Map<String, Long> inbox() {
        return intake.workOff().counts();
    }

    @Override
    public Map<String, Long> registrations() {
        return registrations.follow();
    }

    @Override
    public Map<String, Long> score() {
        people.match(); // whose history counts for whom, before it is counted
        long changed = scores.score(clock.instant(), progress);
        synchronized (this) {
            scored += changed;
        }
        return Map.of("scored", changed);
    }

    @Override
    public Map<String, Long> assign() {
        // As exact as the ledger keeps it: with more digits a receipt could not be made again to the byte.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AssignResult result = assignments.assign(now, progress);
        synchronized (this) {
            assigned = assigned.plus(result);
        }
        Map<String, Long> counts = new TreeMap<>(result.unassigned());
        counts.put("assigned", result.assigned());
        counts.put("offered", result.offered());
        return counts;
    }

    @Override
    public Map<String, Long> write() {
        Map<String, ApiUsage> before = new TreeMap<>();
        connections
                .all()
                .forEach(connection ->
                        before.put(connection.name(), connection.connector().usage()));
        try {
            WriteBackResult result = options.patience().isZero()
                    ? writes.writeDue(progress)
                    : writes.drain(progress, options.patience());
            synchronized (this) {
                written = written.plus(result);
            }
            return Map.of("written", result.written(), "confirmed", result.confirmed(), "dead", result.dead());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Map.of();
        } finally {
            connections.all().forEach(connection -> {
                ApiUsage usedBefore = before.get(connection.name());
                if (usedBefore != null) {
                    runs.addCalls(
                            connection.name(),
                            usedBefore,
                            connection.connector().usage(),
                            clock.instant());
                }
            });
        }
    }

    /** What all steps since the start did together. */
    synchronized FlowTotals totals() {
        return new FlowTotals(assigned, written, scored, problems);
    }
}
