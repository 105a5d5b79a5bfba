package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a page of records does to the ledger, within a transaction. Rows go to PostgreSQL as arrays, column by column: as fast
 * as a COPY, and nothing is left to clean up.
 */
final class PageCommit {

    // A row counts when its stamp is newer than what we hold, or when the same stamp or an own mapping brings other
    // content.
    private static final String ACCEPT = """
            insert into raw_record as held (tenant, connection, stream, id, modified_at, deleted, mapping_version, body)
            select ?, ?, ?, i.id, timestamptz 'epoch' + i.at * interval '1 microsecond', i.deleted, ?, i.body
            from unnest(?::text[], ?::bigint[], ?::boolean[], ?::bytea[]) as i (id, at, deleted, body)
            on conflict (tenant, connection, stream, id) do update
                set modified_at = excluded.modified_at, deleted = excluded.deleted,
                    mapping_version = excluded.mapping_version, body = excluded.body
                where excluded.modified_at > held.modified_at
                   or (excluded.modified_at = held.modified_at
                       and (excluded.body <> held.body or excluded.deleted <> held.deleted
                            or excluded.mapping_version <> held.mapping_version))
            returning id, xmax = 0 as fresh
            """;

    private static final String STATED = """
             from (select kind, id, timestamptz 'epoch' + micros * interval '1 microsecond' as at, body::jsonb as body
                   from unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) as r (kind, id, micros, body)) i
            """;

    // The lists of kinds and ids say what the join says too: without them PostgreSQL, which knows nothing of
    // the arrays, may read all facts for the sake of one.
    private static final String CURRENT = STATED + """
            where f.tenant = ? and f.connection = ? and f.kind = any (?) and f.id = any (?)
              and f.kind = i.kind and f.id = i.id and f.until_seq is null
            """;

    private static final String END =
            "update fact f set until_seq = ?" + CURRENT + " and f.body is distinct from i.body returning f.kind, f.id";

    private static final String BEGIN = """
            insert into fact (tenant, kind, connection, id, seq, modified_at, body)
            select ?, i.kind, ?, i.id, ?, i.at, i.body""" + STATED + """
            on conflict (tenant, kind, connection, id) where until_seq is null do nothing
            returning kind, id
            """;

    private static final String RESTAMP =
            "update fact f set modified_at = i.at" + CURRENT + " and f.modified_at < i.at";

    private static final String QUEUE_LEADS = """
            insert into lead_queue (tenant, connection, id, seq) select ?, ?, unnest(?::text[]), ?
            on conflict (tenant, connection, id) do update set seq = excluded.seq
            """;

    private static final String KEEP_PROBLEMS = """
            insert into dead_letter as held (tenant, connection, stream, record_id, origin, reason, body)
            select ?, ?, ?, i.id, 'sync', i.problem, i.body
            from unnest(?::text[], ?::text[], ?::bytea[]) as i (id, problem, body)
            on conflict (tenant, connection, stream, record_id, origin) where state = 'open' do update
                set reason = excluded.reason, body = excluded.body, last_at = clock_timestamp(), attempts = held.attempts + 1
            """;

    private static final String END_PROBLEMS = """
            update dead_letter set state = 'replayed', last_at = clock_timestamp()
            where tenant = ? and connection = ? and stream = ? and origin = 'sync' and state = 'open' and record_id = any (?)
            """;

    private final Ledger ledger;
    private final GrowingTables tables;

    PageCommit(Ledger ledger) {
        this.ledger = ledger;
        this.tables = new GrowingTables(ledger, "fact, raw_record");
    }

    /**
     * Moves a stream on, in the transaction of its page.
     *
     * @throws StaleCursorException if another instance moved it in the meantime
     */
    void moveCursor(
            String connection,
            String stream,
            String mappingVersion,
            int records,
            @Nullable Cursor from,
            Cursor next,
            boolean last) {
        ledger.jdbc()
                .sql("insert into stream (tenant, connection, name) values (?, ?, ?) on conflict do nothing")
                .params(ledger.tenant(), connection, stream)
                .update();
        int moved = ledger.jdbc()
                .sql("""
                        update stream set position = ?, mapping_version = ?, complete = complete or ?,
                            records = records + ?, pages = pages + 1, committed_at = clock_timestamp()
                        where tenant = ? and connection = ? and name = ? and coalesce(?, position, '') = coalesce(position, '')
                        """)
                .params(
                        next.position(),
                        mappingVersion,
                        last,
                        records,
                        ledger.tenant(),
                        connection,
                        stream,
                        from == null ? null : from.position())
                .update();
        if (moved == 0) {
            throw new StaleCursorException(connection, stream);
        }
    }

    /** Keeps the raw rows, ends and begins fact versions, and puts changed leads on the queue. */
    CommittedPage apply(String connection, String stream, String mappingVersion, Collection<IncomingRecord> records) {
        if (records.isEmpty()) {
            return new CommittedPage(0, 0, 0, 0, ledger.sequence());
        }
        Map<String, IncomingRecord> latest = new LinkedHashMap<>();
        for (IncomingRecord incoming : records) {
            latest.merge(
                    incoming.source().id(),
                    incoming,
                    (a, b) -> b.source().modifiedAt().isBefore(a.source().modifiedAt()) ? a : b);
        }
        int problems = problems(connection, stream, latest.values());
        Map<String, Boolean> accepted = accept(connection, stream, mappingVersion, latest.values());
        if (accepted.isEmpty()) {
            return new CommittedPage(records.size(), 0, 0, problems, ledger.sequence());
        }
        long seq = ledger.nextSequence();
        int facts = new Versions(connection, seq).take(latest.values(), accepted);
        return new CommittedPage(records.size(), accepted.size(), facts, problems, seq);
    }

    /** Keeps those that could not be mapped and ends what the others mend; returns how many were kept. */
    private int problems(String connection, String stream, Collection<IncomingRecord> records) {
        List<IncomingRecord> broken =
                records.stream().filter(each -> each.problem() != null).toList();
        ledger.jdbc()
                .sql(END_PROBLEMS)
                .params(
                        ledger.tenant(),
                        connection,
                        stream,
                        records.stream()
                                .filter(each -> each.problem() == null)
                                .map(each -> each.source().id())
                                .toArray(String[]::new))
                .update();
        return broken.isEmpty()
                ? 0
                : ledger.jdbc()
                        .sql(KEEP_PROBLEMS)
                        .params(
                                ledger.tenant(),
                                connection,
                                stream,
                                broken.stream().map(each -> each.source().id()).toArray(String[]::new),
                                broken.stream().map(IncomingRecord::problem).toArray(String[]::new),
                                broken.stream().map(each -> each.source().raw()).toArray(byte[][]::new))
                        .update();
    }

    /** The records that bring something, by id; with whether they are new to their stream. */
    private Map<String, Boolean> accept(
            String connection, String stream, String mappingVersion, Collection<IncomingRecord> records) {
        String[] ids = new String[records.size()];
        long[] stamps = new long[records.size()];
        boolean[] deleted = new boolean[records.size()];
        byte[][] bodies = new byte[records.size()][];
        int at = 0;
        for (IncomingRecord each : records) {
            SourceRecord source = each.source();
            ids[at] = source.id();
            stamps[at] = micros(source.modifiedAt());
            deleted[at] = source.deleted();
            bodies[at++] = source.raw();
        }
        Map<String, Boolean> accepted = new LinkedHashMap<>();
        ledger.jdbc()
                .sql(ACCEPT)
                .params(ledger.tenant(), connection, stream, mappingVersion, ids, stamps, deleted, bodies)
                .query(row -> {
                    accepted.put(row.getString("id"), row.getBoolean("fresh"));
                });
        return accepted;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /** Which fact it is, within a connection. */
    private record Key(String kind, String id) {}

    /** @param body null where the record states that there is none */
    private record Stated(Key key, Instant at, @Nullable String body) {}

    /** Ends and begins the versions of one page. */
    private final class Versions {
        private final String connection;
        private final long seq;
        private final Set<Key> ended = new LinkedHashSet<>();
        private final Set<Key> begun = new LinkedHashSet<>();

        Versions(String connection, long seq) {
            this.connection = connection;
            this.seq = seq;
        }

        /**
         * Takes what the accepted records state; returns how many facts changed. A record that is new to its stream has no
         * older versions, unless it came under another stream's name before: such a fact is in the way when it should begin.
         */
        int take(Collection<IncomingRecord> records, Map<String, Boolean> accepted) {
            List<Stated> known = new ArrayList<>();
            List<Stated> present = new ArrayList<>();
            for (IncomingRecord record : records) {
                Boolean fresh = accepted.get(record.source().id());
                if (fresh == null) {
                    continue;
                }
                for (Stated each : stated(record)) {
                    if (each.body() != null) {
                        present.add(each);
                    }
                    if (each.body() == null || !fresh) {
                        known.add(each);
                    }
                }
            }
            end(known);
            begin(present);
            present.removeIf(each -> begun.contains(each.key()));
            List<Stated> inTheWay = present.stream()
                    .filter(each -> Boolean.TRUE.equals(accepted.get(each.key().id())))
                    .toList();
            end(inTheWay);
            begin(inTheWay);
            restamp(present);
            queueLeads();
            tables.grew(begun.size());
            return Math.max(begun.size(), ended.size());
        }

        private static List<Stated> stated(IncomingRecord incoming) {
            String id = incoming.source().id();
            Instant at = incoming.source().modifiedAt();
            List<Stated> all = new ArrayList<>();
            for (Fact fact : incoming.facts()) {
                String body = new String(FactJson.body(fact), StandardCharsets.UTF_8);
                all.add(new Stated(new Key(fact.kind().word(), id), at, body));
            }
            for (FactKind kind : incoming.absent()) {
                all.add(new Stated(new Key(kind.word(), id), at, null));
            }
            return all;
        }

        private void end(List<Stated> facts) {
            if (!facts.isEmpty()) {
                List<Object> params = new ArrayList<>(List.of(seq));
                params.addAll(current(facts));
                ledger.jdbc().sql(END).params(params).query(row -> {
                    ended.add(new Key(row.getString("kind"), row.getString("id")));
                });
            }
        }

        private void begin(List<Stated> facts) {
            if (!facts.isEmpty()) {
                List<Object> params = new ArrayList<>(List.of(ledger.tenant(), connection, seq));
                params.addAll(columns(facts));
                ledger.jdbc().sql(BEGIN).params(params).query(row -> {
                    begun.add(new Key(row.getString("kind"), row.getString("id")));
                });
            }
        }

        /** What did not change is as new as the record that says so. */
        private void restamp(List<Stated> facts) {
            if (!facts.isEmpty()) {
                ledger.jdbc().sql(RESTAMP).params(current(facts)).update();
            }
        }

        private void queueLeads() {
            Set<String> leads = new TreeSet<>();
            for (Set<Key> touched : List.of(ended, begun)) {
                touched.stream()
                        .filter(key -> key.kind().equals(FactKind.LEAD.word()))
                        .forEach(key -> leads.add(key.id()));
            }
            if (!leads.isEmpty()) {
                ledger.jdbc()
                        .sql(QUEUE_LEADS)
                        .params(ledger.tenant(), connection, leads.toArray(String[]::new), seq)
                        .update();
            }
        }

        private List<Object> current(List<Stated> facts) {
            List<Object> params = new ArrayList<>(columns(facts));
            params.add(ledger.tenant());
            params.add(connection);
            params.add(facts.stream().map(each -> each.key().kind()).distinct().toArray(String[]::new));
            params.add(facts.stream().map(each -> each.key().id()).toArray(String[]::new));
            return params;
        }

        private static List<Object> columns(List<Stated> facts) {
            return List.of(
                    facts.stream().map(each -> each.key().kind()).toArray(String[]::new),
                    facts.stream().map(each -> each.key().id()).toArray(String[]::new),
                    facts.stream().mapToLong(each -> micros(each.at())).toArray(),
                    facts.stream().map(Stated::body).toArray(String[]::new));
        }
    }
}
