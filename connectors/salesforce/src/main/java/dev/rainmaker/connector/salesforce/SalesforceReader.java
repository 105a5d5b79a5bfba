package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams in the order of their last change.
 *
 * <p>One query without LIMIT serves a whole run: its further pages come by the server's locator, which costs the fewest
 * calls. The locator is only remembered in memory, as a hint; where it is lost or has expired, the run goes on from the
 * cursor by a new query (keyset of stamp and id). So a run can be continued by another process, at the page where it
 * stood.
 */
final class SalesforceReader {

    /** Ids in one fetch: as many as one write takes, and an address of some 6,000 characters where 16,384 are allowed. */
    static final int FETCH_BATCH = 200;

    private static final int REMEMBERED_LOCATORS = 64;
    private static final int SMALLEST_BATCH = 200;
    private static final Duration CLOCK_DOUBT = Duration.ofDays(1);

    /** The server's time is known to the second at best, and its machines need not agree to the second. */
    private static final Duration SERVER_TIME_DOUBT = Duration.ofSeconds(10);

    /** Codes after which the same rows are asked for in smaller portions. */
    private static final Set<String> TOO_MUCH = Set.of("QUERY_TIMEOUT", Answer.TOO_LARGE);

    private final SalesforceSettings settings;
    private final SalesforceClient client;
    private final SalesforceFaults faults;
    private final Clock clock;
    private final Set<String> withoutIsDeleted = ConcurrentHashMap.newKeySet();
    /** Rows per query, by stream, once a whole query has proven too much for the server or for us. */
    private final Map<String, Integer> narrowed = new ConcurrentHashMap<>();

    private final Map<String, Locator> locators = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Locator> eldest) {
            return size() > REMEMBERED_LOCATORS;
        }
    });

    /**
     * The rest of a query whose first pages were read.
     *
     * @param delivered rows before this page
     * @param asked server time of the query: rows changed since then may be out of order
     * @param limit rows the query was limited to, 0 for none
     */
    private record Locator(String path, Set<String> fields, long delivered, long total, Instant asked, int limit) {}

    /** A page and the query it belongs to. */
    private record Fetched(QueryPage page, Locator query, boolean fresh) {}

    SalesforceReader(SalesforceSettings settings, SalesforceClient client, SalesforceFaults faults, Clock clock) {
        this.settings = settings;
        this.client = client;
        this.faults = faults;
        this.clock = clock;
    }

    Page read(String stream, Set<String> fields, @Nullable Cursor cursor) {
        check(stream, fields);
        ReadCursor from = cursor == null ? ReadCursor.first(client.orgId(), stream) : opened(cursor, stream);
        Fetched fetched = cursor == null ? null : continued(stream, fields, cursor);
        if (fetched == null) {
            fetched = queried(stream, fields, from);
        }
        try {
            String next = fetched.page().next();
            while (fetched.page().records().isEmpty() && next != null) {
                fetched = next(stream, rest(fetched, next));
                next = fetched.page().next();
            }
        } catch (LocatorLost lost) {
            throw faults.retryable(
                    Duration.ZERO, "the query of " + stream + " ended early; it will be asked again", null);
        }
        return page(from.begun(fetched.query().asked()), fetched);
    }

    private ReadCursor opened(Cursor cursor, String stream) {
        try {
            ReadCursor opened = ReadCursor.read(cursor, client.orgId(), stream);
            if (opened.at().stamp().isAfter(clock.instant().plus(CLOCK_DOUBT))) {
                throw new IllegalArgumentException("it lies in the future; is this machine's clock right?");
            }
            return opened;
        } catch (IllegalArgumentException wrong) {
            throw faults.fatal("the cursor of " + stream + " cannot be used: " + wrong.getMessage()
                    + ". Nothing was read; a full sync of " + stream + " starts afresh");
        }
    }

    private Page page(ReadCursor run, Fetched fetched) {
        List<SourceRecord> records = fetched.page().records();
        Locator query = fetched.query();
        Instant started = run.started() == null ? query.asked() : run.started();
        SourceRecord last = records.isEmpty() ? null : records.get(records.size() - 1);
        Position reached = position(run.at(), records, fetched);
        String next = fetched.page().next();
        boolean limitReached = query.limit() > 0 && query.total() >= query.limit();
        boolean allSeen = limitReached && reached.stamp().isAfter(started.plus(SERVER_TIME_DOUBT));
        long expected = query.limit() > 0 ? -1 : query.total() - query.delivered();
        if (next == null && (!limitReached || allSeen)) {
            narrowed.remove(run.stream());
            Position end = last != null ? place(last) : run.at().equals(run.base()) ? null : run.at();
            return new Page(
                    records, run.finished(end, started, settings.overlap()).written(), true, expected);
        }
        Cursor cursor = run.advanced(reached).written();
        if (next != null) {
            locators.put(cursor.position(), rest(fetched, next));
        }
        return new Page(records, cursor, false, expected);
    }

    /**
     * How far a new query may skip. The first page of a query is as the server sorted it. On later pages a record changed
     * since the query began may carry its new stamp: skipping to it would lose what lies between.
     */
    private static Position position(Position before, List<SourceRecord> records, Fetched fetched) {
        for (int i = records.size() - 1; i >= 0; i--) {
            SourceRecord record = records.get(i);
            if (fetched.fresh() || !record.modifiedAt().isAfter(fetched.query().asked())) {
                return place(record);
            }
        }
        return before;
    }

    private static Position place(SourceRecord record) {
        return new Position(record.modifiedAt(), record.id());
    }

    private Locator rest(Fetched fetched, String path) {
        Locator query = fetched.query();
        return new Locator(
                checkedPath(path),
                query.fields(),
                query.delivered() + fetched.page().records().size(),
                query.total(),
                query.asked(),
                query.limit());
    }

    private @Nullable Fetched continued(String stream, Set<String> fields, Cursor cursor) {
        Locator locator = locators.get(cursor.position());
        if (locator == null || !locator.fields().equals(fields)) {
            return null;
        }
        try {
            return next(stream, locator);
        } catch (LocatorLost lost) {
            locators.remove(cursor.position());
            return null;
        }
    }

    private Fetched next(String stream, Locator locator) {
        String doing = "the next page of " + stream;
        Answer answer = client.get(CallPurpose.READ, locator.path(), doing);
        if (answer.status() == 400 || answer.status() == 404 || TOO_MUCH.contains(answer.code())) {
            throw new LocatorLost();
        }
        QueryPage page = parsed(stream, answer, doing);
        if (page.next() == null && locator.delivered() + page.records().size() != locator.total()) {
            throw new LocatorLost();
        }
        return new Fetched(page, locator, false);
    }

    /** A query cannot be continued; one from the cursor takes its place. */
    private static final class LocatorLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LocatorLost() {
            super("query locator lost", null, false, false);
        }
    }

    private Fetched queried(String stream, Set<String> fields, ReadCursor from) {
        while (true) {
            int limit = narrowed.getOrDefault(stream, settings.pageSize() < SMALLEST_BATCH ? settings.pageSize() : 0);
            String soql = select(stream, fields)
                    + Soql.after(from.at())
                    + Soql.ordered()
                    + (limit > 0 ? " LIMIT " + limit : "");
            String doing = "the query of " + stream;
            Answer answer = query(CallPurpose.READ, soql, doing);
            if (limit != 1 && TOO_MUCH.contains(answer.code())) {
                narrowed.put(stream, Math.max(1, (limit == 0 ? settings.pageSize() : limit) / 4));
                continue;
            }
            if (lacksIsDeleted(stream, answer)) {
                continue;
            }
            QueryPage page = parsed(stream, answer, doing);
            if (page.next() == null && page.records().size() != page.total()) {
                throw faults.retryable(
                        Duration.ZERO,
                        doing + " brought " + page.records().size() + " of " + page.total()
                                + " rows and calls that all; nothing of it was taken",
                        null);
            }
            Instant asked = answer.askedAt() == null ? clock.instant() : answer.askedAt();
            return new Fetched(page, new Locator("", Set.copyOf(fields), 0, page.total(), asked, limit), true);
        }
    }

    List<SourceRecord> fetch(String stream, List<String> ids, Set<String> fields, CallPurpose purpose) {
        if (ids.size() > FETCH_BATCH) {
            throw new IllegalArgumentException(
                    ids.size() + " ids in one fetch, at most " + FETCH_BATCH + " are allowed");
        }
        check(stream, fields);
        List<String> canonical = new ArrayList<>(new TreeSet<>(
                ids.stream().flatMap(id -> SalesforceId.canonical(id).stream()).toList()));
        if (canonical.isEmpty()) {
            return List.of();
        }
        String doing = "the fetch of " + canonical.size() + " " + stream;
        Answer answer = query(purpose, select(stream, fields) + Soql.withIds(canonical), doing);
        if (lacksIsDeleted(stream, answer)) {
            answer = query(purpose, select(stream, fields) + Soql.withIds(canonical), doing);
        }
        QueryPage page = parsed(stream, answer, doing);
        List<SourceRecord> records = new ArrayList<>(page.records());
        for (String next = page.next(); next != null; ) {
            QueryPage more = parsed(stream, client.get(purpose, checkedPath(next), doing), doing);
            records.addAll(more.records());
            next = more.next();
        }
        if (records.size() != page.total()) {
            throw faults.retryable(
                    Duration.ZERO,
                    doing + " brought " + records.size() + " of " + page.total() + " rows; nothing of it was taken",
                    null);
        }
        return List.copyOf(records);
    }

    private String select(String stream, Set<String> fields) {
        return Soql.select(stream, fields, !withoutIsDeleted.contains(stream));
    }

    /** Few objects have no IsDeleted: found out by trying, which costs nothing for all others. */
    private boolean lacksIsDeleted(String stream, Answer answer) {
        return answer.code().equals("INVALID_FIELD")
                && answer.message().contains("'IsDeleted'")
                && withoutIsDeleted.add(stream);
    }

    private Answer query(CallPurpose purpose, String soql, String doing) {
        String path = "/services/data/v" + settings.apiVersion() + "/queryAll?q=" + Soql.encoded(soql);
        int batch = Math.max(SMALLEST_BATCH, settings.pageSize());
        return client.call(purpose, "GET", path, null, Map.of("Sforce-Query-Options", "batchSize=" + batch), doing);
    }

    private QueryPage parsed(String stream, Answer answer, String doing) {
        if (!answer.succeeded()) {
            throw faults.of(answer, doing);
        }
        try {
            return QueryPage.parse(stream, answer.body());
        } catch (IOException | RuntimeException unreadable) {
            throw faults.retryable(
                    Duration.ZERO,
                    doing + " was answered with a body that is cut short or damaged ("
                            + where(unreadable) + " of " + answer.body().length
                            + " bytes); nothing of it was taken, it will be tried again",
                    null);
        }
    }

    /** Where a parser stopped, without the text around it: that is personal data. */
    private static String where(Exception unreadable) {
        if (unreadable instanceof JsonProcessingException json && json.getLocation() != null) {
            return "at byte " + json.getLocation().getByteOffset();
        }
        return Words.clean(String.valueOf(unreadable.getMessage()), 120);
    }

    private String checkedPath(String next) {
        if (!next.matches("/services/data/v[0-9.]+/[A-Za-z0-9_./?=&%-]+") || next.contains("..")) {
            throw faults.fatal("Salesforce names a next page that is not a path below /services/data/ ("
                    + Words.host(next) + "); it was not called, and nothing of the page was taken");
        }
        return next;
    }

    private void check(String stream, Set<String> fields) {
        if (!Soql.isObject(stream)) {
            throw faults.fatal("\"" + Words.clean(stream, 80) + "\" is not the name of a Salesforce object");
        }
        fields.stream().filter(field -> !Soql.isField(field)).findFirst().ifPresent(field -> {
            throw faults.fatal("\"" + Words.clean(field, 80) + "\" is not the name of a field of " + stream
                    + "; correct the mapping");
        });
    }
}
