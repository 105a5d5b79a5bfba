package dev.rainmaker.app.sync;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.crash.CrashPoint;
import dev.rainmaker.app.ledger.CommittedPage;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.SeenLedger;
import dev.rainmaker.app.ledger.StaleCursorException;
import dev.rainmaker.app.ledger.StreamLedger;
import dev.rainmaker.app.mapping.Mapped;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Capabilities;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streams of a connection into the ledger. Each page's rows, facts and cursor are one transaction; the next page
 * is fetched while the last one is committed, so at most one page is read again after a crash.
 */
public final class SyncStreams {

    private final FactLedger facts;
    private final StreamLedger positions;
    private final SeenLedger seen;

    public SyncStreams(FactLedger facts, StreamLedger positions, SeenLedger seen) {
        this.facts = facts;
        this.positions = positions;
        this.seen = seen;
    }

    /**
     * Reads every stream the connection maps.
     *
     * @param full read from the start instead of from where the last run ended
     * @param dryRun read and map only; nothing is stored
     * @throws ConnectorFault where a stream cannot be read to its end; pages committed before stay
     */
    public SyncResult sync(LiveConnection connection, boolean full, boolean dryRun, Progress progress) {
        SyncResult result = SyncResult.NOTHING;
        for (StreamMapping stream : connection.streams()) {
            if (connection.has(stream)) {
                result = result.plus(sync(connection, stream, full, dryRun, progress));
            }
        }
        return result;
    }

    /** Reads one stream to its end. */
    public SyncResult sync(
            LiveConnection connection, StreamMapping stream, boolean full, boolean dryRun, Progress progress) {
        String where = connection.name() + "/" + stream.stream();
        String step = "sync " + where;
        long callsBefore = connection.connector().usage().of(CallPurpose.READ);
        ExecutorService ahead = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, step);
            thread.setDaemon(true);
            return thread;
        });
        try {
            Cursor start = full
                    ? null
                    : positions.cursor(connection.name(), stream.stream()).orElse(null);
            Capabilities can = connection.connector().capabilities();
            boolean tellsByAbsence = !can.seesDeletes() && !can.forgets().contains(stream.stream());
            Reconciliation reconciliation =
                    full && !dryRun && tellsByAbsence ? Reconciliation.begin(seen, connection, stream) : null;
            SyncResult result = SyncResult.NOTHING;
            Cursor at = start;
            Future<Page> fetched = fetch(ahead, connection, stream, at);
            long expected = -1;
            while (true) {
                Page page = await(fetched);
                CrashPoint.PAGE_FETCHED.reached(where);
                if (!page.last()) {
                    fetched = fetch(ahead, connection, stream, page.next());
                }
                result = result.plus(take(connection, stream, page, at, dryRun));
                if (reconciliation != null) {
                    reconciliation.saw(page);
                }
                CrashPoint.PAGE_COMMITTED.reached(where);
                expected = expected < 0 && page.expected() >= 0 ? page.expected() : expected;
                progress.at(
                        step,
                        result.records(),
                        expected,
                        connection.connector().usage().of(CallPurpose.READ) - callsBefore);
                at = page.next();
                if (page.last()) {
                    return reconciliation == null
                            ? result
                            : result.plus(end(connection, stream, reconciliation.gone()));
                }
            }
        } catch (StaleCursorException otherInstance) {
            return SyncResult.NOTHING; // it is reading the same stream; its rows are ours too
        } finally {
            ahead.shutdownNow();
        }
    }

    private SyncResult end(LiveConnection connection, StreamMapping stream, List<SourceRecord> gone) {
        return gone.isEmpty()
                ? SyncResult.NOTHING
                : counts(facts.commit(
                        connection.name(), stream.stream(), stream.version(), map(connection, stream, gone)));
    }

    /** Fetches records by id and commits them: the answer to an event. */
    public SyncResult fetch(LiveConnection connection, StreamMapping stream, List<String> ids) {
        return fetch(connection, stream, ids, Map.of(), () -> {});
    }

    /**
     * The same, where the vendor said that some of them were deleted.
     *
     * @param gone by id when; a record of it that is not found is committed as deleted
     * @param done runs in the transaction of the last records
     */
    public SyncResult fetch(
            LiveConnection connection,
            StreamMapping stream,
            List<String> ids,
            Map<String, Instant> gone,
            Runnable done) {
        SyncResult result = SyncResult.NOTHING;
        int most = connection.connector().capabilities().fetchBatch();
        for (int start = 0; start < ids.size(); start += most) {
            List<String> part = ids.subList(start, Math.min(ids.size(), start + most));
            List<SourceRecord> records = new ArrayList<>(
                    connection.connector().fetch(stream.stream(), part, connection.readable(stream), CallPurpose.READ));
            Set<String> found = records.stream().map(SourceRecord::id).collect(Collectors.toSet());
            part.stream()
                    .filter(id -> gone.containsKey(id) && !found.contains(id))
                    .forEach(id -> records.add(deleted(stream, id, Objects.requireNonNull(gone.get(id)))));
            boolean last = start + most >= ids.size();
            result = result.plus(counts(facts.commit(
                    connection.name(),
                    stream.stream(),
                    stream.version(),
                    map(connection, stream, records),
                    last ? done : () -> {})));
        }
        return result;
    }

    private static SourceRecord deleted(StreamMapping stream, String id, Instant at) {
        byte[] raw = ("{\"id\":\"" + id + "\",\"deleted\":true}").getBytes(StandardCharsets.UTF_8);
        return new SourceRecord(stream.stream(), id, at, true, Map.of(), raw);
    }

    private SyncResult take(
            LiveConnection connection, StreamMapping stream, Page page, @Nullable Cursor from, boolean dryRun) {
        List<IncomingRecord> mapped = map(connection, stream, page.records());
        if (dryRun) {
            long problems =
                    mapped.stream().filter(record -> record.problem() != null).count();
            long stated =
                    mapped.stream().mapToLong(record -> record.facts().size()).sum();
            return new SyncResult(mapped.size(), 0, stated, problems, 1);
        }
        return counts(facts.commit(
                connection.name(), stream.stream(), stream.version(), mapped, from, page.next(), page.last()));
    }

    private static SyncResult counts(CommittedPage page) {
        return new SyncResult(page.records(), page.changed(), page.facts(), page.problems(), 1);
    }

    /** What the mapping makes of source records. */
    public static List<IncomingRecord> map(
            LiveConnection connection, StreamMapping stream, List<SourceRecord> records) {
        List<IncomingRecord> mapped = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            Mapped result = stream.map(connection.name(), record);
            String problem = !result.withholds()
                    ? null
                    : result.problems().stream()
                            .filter(Mapped.Problem::withholds)
                            .map(Object::toString)
                            .collect(Collectors.joining("; "));
            mapped.add(new IncomingRecord(record, result.facts(), result.absent(), problem));
        }
        return mapped;
    }

    private static Future<Page> fetch(
            ExecutorService ahead, LiveConnection connection, StreamMapping stream, @Nullable Cursor at) {
        return ahead.submit(() -> connection.connector().read(stream.stream(), connection.readable(stream), at));
    }

    private static Page await(Future<Page> page) {
        try {
            return page.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("a page could not be read", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ConnectorFault.Retryable(java.time.Duration.ZERO, "the sync was interrupted", stopped);
        }
    }
}
