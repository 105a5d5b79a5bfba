package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** What a page of records does to the ledger, within a transaction. */
final class PageCommit {

    private static final String TEMPORARY_TABLES = """
            create temp table if not exists incoming_raw (
                id text, modified_at timestamptz, deleted boolean, body bytea, problem text) on commit delete rows;
            create temp table if not exists incoming_fact (
                kind text, id text, modified_at timestamptz, body jsonb) on commit delete rows;
            create temp table if not exists accepted (id text primary key, fresh boolean) on commit delete rows;
            create temp table if not exists touched (kind text, id text) on commit delete rows;
            """;

    // A row counts when its stamp is newer than what we hold, or when the same stamp or an own mapping brings other
    // content.
    private static final String ACCEPT = """
            with taken as (
                insert into raw_record as held
                    (tenant, connection, stream, id, modified_at, deleted, mapping_version, body)
                select ?, ?, ?, id, modified_at, deleted, ?, body from incoming_raw where true
                on conflict (tenant, connection, stream, id) do update
                    set modified_at = excluded.modified_at, deleted = excluded.deleted,
                        mapping_version = excluded.mapping_version, body = excluded.body
                    where excluded.modified_at > held.modified_at
                       or (excluded.modified_at = held.modified_at
                           and (excluded.body <> held.body or excluded.deleted <> held.deleted
                                or excluded.mapping_version <> held.mapping_version))
                returning id, xmax = 0 as fresh)
            insert into accepted select id, fresh from taken
            """;

    // A record that is new to its stream has no older versions, unless it came under another stream's name before: what
    // that leaves over is caught by counting (see apply). The lists of kinds and ids say what the joins say too:
    // without them
    // PostgreSQL, which knows nothing of temporary tables, may read all facts for the sake of one.
    private static final String END_VERSIONS = """
            with ended as (
                update fact f set until_seq = ?
                from incoming_fact i join accepted using (id)
                where f.tenant = ? and f.connection = ? and f.kind = any (?) and f.id = any (?)
                  and f.kind = i.kind and f.id = i.id
                  and f.until_seq is null and f.body is distinct from i.body and (? or not accepted.fresh)
                returning f.kind, f.id)
            insert into touched select kind, id from ended
            """;

    private static final String RESTAMP = """
            update fact f set modified_at = i.modified_at
            from incoming_fact i join accepted using (id)
            where f.tenant = ? and f.connection = ? and f.kind = any (?) and f.id = any (?)
              and f.kind = i.kind and f.id = i.id
              and f.until_seq is null and f.modified_at < i.modified_at
            """;

    private static final String BEGIN_VERSIONS = """
            with begun as (
                insert into fact (tenant, kind, connection, id, seq, modified_at, body)
                select ?, i.kind, ?, i.id, ?, i.modified_at, i.body
                from incoming_fact i join accepted using (id)
                where i.body is not null and not exists (
                    select from fact f
                    where f.tenant = ? and f.connection = ? and f.kind = any (?) and f.id = any (?)
                      and f.kind = i.kind and f.id = i.id and f.until_seq is null)
                returning kind, id)
            insert into touched select kind, id from begun
            """;

    private static final String QUEUE_LEADS = """
            insert into lead_queue (tenant, connection, id, seq)
            select distinct ?, ?, id, ?::bigint from touched where kind = 'lead'
            on conflict (tenant, connection, id) do update set seq = excluded.seq
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
        String held = ledger.jdbc()
                .sql(
                        "select coalesce(position, '') from stream where tenant = ? and connection = ? and name = ? for update")
                .params(ledger.tenant(), connection, stream)
                .query(String.class)
                .single();
        if (from != null && !held.equals(from.position())) {
            throw new StaleCursorException(connection, stream);
        }
        ledger.jdbc()
                .sql("""
                        update stream set position = ?, mapping_version = ?, complete = complete or ?,
                            records = records + ?, pages = pages + 1, committed_at = clock_timestamp()
                        where tenant = ? and connection = ? and name = ?
                        """)
                .params(next.position(), mappingVersion, last, records, ledger.tenant(), connection, stream)
                .update();
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
        int bodies = copyIn(latest.values());
        int problems = keepProblems(connection, stream);
        int changed = ledger.jdbc()
                .sql(ACCEPT)
                .params(ledger.tenant(), connection, stream, mappingVersion)
                .update();
        if (changed == 0) {
            return new CommittedPage(records.size(), 0, 0, problems, ledger.sequence());
        }
        long seq = ledger.nextSequence();
        Page page = Page.of(connection, seq, latest.values());
        boolean absences =
                latest.values().stream().anyMatch(incoming -> !incoming.absent().isEmpty());
        int ended = end(page, absences);
        int begun = begin(page);
        if (begun < bodies) { // unchanged ones among them, or some that another stream brought before
            ended += end(page, true);
            begun += begin(page);
            ledger.jdbc()
                    .sql(RESTAMP)
                    .params(ledger.tenant(), connection, page.kinds(), page.ids())
                    .update();
        }
        ledger.jdbc().sql(QUEUE_LEADS).params(ledger.tenant(), connection, seq).update();
        tables.grew(begun);
        return new CommittedPage(records.size(), changed, Math.max(begun, ended), problems, seq);
    }

    private int end(Page page, boolean freshToo) {
        return ledger.jdbc()
                .sql(END_VERSIONS)
                .params(page.seq(), ledger.tenant(), page.connection(), page.kinds(), page.ids(), freshToo)
                .update();
    }

    private int begin(Page page) {
        String tenant = ledger.tenant();
        return ledger.jdbc()
                .sql(BEGIN_VERSIONS)
                .params(tenant, page.connection(), page.seq(), tenant, page.connection(), page.kinds(), page.ids())
                .update();
    }

    /** Where a page's facts are, as arrays that PostgreSQL takes. */
    private record Page(String connection, long seq, String[] kinds, String[] ids) {

        static Page of(String connection, long seq, Collection<IncomingRecord> records) {
            Set<String> kinds = new TreeSet<>();
            List<String> ids = new ArrayList<>(records.size());
            for (IncomingRecord each : records) {
                ids.add(each.source().id());
                each.facts().forEach(fact -> kinds.add(fact.kind().word()));
                each.absent().forEach(kind -> kinds.add(kind.word()));
            }
            return new Page(connection, seq, kinds.toArray(String[]::new), ids.toArray(String[]::new));
        }
    }

    /** Returns how many facts have a body. */
    private int copyIn(Collection<IncomingRecord> records) {
        BinaryCopy raw = new BinaryCopy();
        BinaryCopy facts = new BinaryCopy();
        int bodies = 0;
        for (IncomingRecord incoming : records) {
            SourceRecord source = incoming.source();
            raw.row(source.id(), source.modifiedAt(), source.deleted(), source.raw(), incoming.problem());
            bodies += incoming.facts().size();
            for (Fact fact : incoming.facts()) {
                facts.row(
                        fact.kind().word(),
                        source.id(),
                        source.modifiedAt(),
                        new BinaryCopy.Jsonb(FactJson.body(fact)));
            }
            for (FactKind kind : incoming.absent()) {
                facts.row(kind.word(), source.id(), source.modifiedAt(), null);
            }
        }
        Connection connection = DataSourceUtils.getConnection(ledger.dataSource());
        try (Statement statement = connection.createStatement()) {
            statement.execute(TEMPORARY_TABLES);
            raw.into(connection, "incoming_raw (id, modified_at, deleted, body, problem)");
            facts.into(connection, "incoming_fact (kind, id, modified_at, body)");
            return bodies;
        } catch (SQLException failed) {
            throw java.util.Objects.requireNonNull(new org.springframework.jdbc.support.SQLStateSQLExceptionTranslator()
                    .translate("copy a page into the ledger", null, failed));
        } finally {
            DataSourceUtils.releaseConnection(connection, ledger.dataSource());
        }
    }

    private int keepProblems(String connection, String stream) {
        int kept = ledger.jdbc()
                .sql("""
                        insert into dead_letter as held (tenant, connection, stream, record_id, origin, reason, body)
                        select ?, ?, ?, id, 'sync', problem, body from incoming_raw where problem is not null
                        on conflict (tenant, connection, stream, record_id, origin) where state = 'open' do update
                            set reason = excluded.reason, body = excluded.body, last_at = clock_timestamp(),
                                attempts = held.attempts + 1
                        """)
                .params(ledger.tenant(), connection, stream)
                .update();
        ledger.jdbc().sql("""
                        update dead_letter d set state = 'replayed', last_at = clock_timestamp()
                        from incoming_raw i
                        where d.tenant = ? and d.connection = ? and d.stream = ? and d.origin = 'sync'
                          and d.state = 'open' and d.record_id = i.id and i.problem is null
                        """).params(ledger.tenant(), connection, stream).update();
        return kept;
    }
}
