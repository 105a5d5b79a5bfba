package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Raw records, facts with their versions, and where each stream's read stands. */
public final class FactLedger {

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
    // that leaves over is caught by counting (see apply).

    private static final String END_VERSIONS = """
            with ended as (
                update fact f set until_seq = ?
                from incoming_fact i join accepted using (id)
                where f.tenant = ? and f.connection = ? and f.kind = i.kind and f.id = i.id
                  and f.until_seq is null and f.body is distinct from i.body and (? or not accepted.fresh)
                returning f.kind, f.id)
            insert into touched select kind, id from ended
            """;

    private static final String RESTAMP = """
            update fact f set modified_at = i.modified_at
            from incoming_fact i join accepted using (id)
            where f.tenant = ? and f.connection = ? and f.kind = i.kind and f.id = i.id
              and f.until_seq is null and f.modified_at < i.modified_at
            """;

    private static final String BEGIN_VERSIONS = """
            with begun as (
                insert into fact (tenant, kind, connection, id, seq, modified_at, body)
                select ?, i.kind, ?, i.id, ?, i.modified_at, i.body
                from incoming_fact i join accepted using (id)
                where i.body is not null and not exists (
                    select from fact f where f.tenant = ? and f.connection = ? and f.kind = i.kind and f.id = i.id
                                         and f.until_seq is null)
                returning kind, id)
            insert into touched select kind, id from begun
            """;

    private static final String QUEUE_LEADS = """
            insert into lead_queue (tenant, connection, id, seq)
            select distinct ?, ?, id, ?::bigint from touched where kind = 'lead'
            on conflict (tenant, connection, id) do update set seq = excluded.seq
            """;

    private final Ledger ledger;

    public FactLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Where a stream's next read starts; empty before the first page. */
    public Optional<Cursor> cursor(String connection, String stream) {
        return ledger.jdbc()
                .sql(
                        "select position from stream where tenant = ? and connection = ? and name = ? and position is not null")
                .params(ledger.tenant(), connection, stream)
                .query(String.class)
                .optional()
                .map(Cursor::new);
    }

    /** Whether a full read of the stream ever reached its end. */
    public boolean complete(String connection, String stream) {
        return ledger.jdbc()
                .sql("select complete from stream where tenant = ? and connection = ? and name = ?")
                .params(ledger.tenant(), connection, stream)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * Commits a page: raw rows, fact versions, dead letters, the leads to look at and the stream's new position, in one
     * transaction.
     *
     * @param from the position the page was read from, null at the start of a full read
     * @throws StaleCursorException if another instance moved the stream on in the meantime; nothing is changed then
     */
    public CommittedPage commit(
            String connection,
            String stream,
            String mappingVersion,
            Collection<IncomingRecord> records,
            @Nullable Cursor from,
            Cursor next,
            boolean last) {
        return ledger.transaction(() -> {
            moveCursor(connection, stream, mappingVersion, records.size(), from, next, last);
            return apply(connection, stream, mappingVersion, records);
        });
    }

    /** Commits records that arrived outside the paged read (events, fetched by id); the stream's position stays. */
    public CommittedPage commit(
            String connection, String stream, String mappingVersion, Collection<IncomingRecord> records) {
        return ledger.transaction(() -> apply(connection, stream, mappingVersion, records));
    }

    private void moveCursor(
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

    private CommittedPage apply(
            String connection, String stream, String mappingVersion, Collection<IncomingRecord> records) {
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
        boolean absences = latest.values().stream().anyMatch(incoming -> !incoming.absent().isEmpty());
        int ended = end(connection, seq, absences);
        int begun = begin(connection, seq);
        if (begun < bodies) { // unchanged ones among them, or some that another stream brought before
            ended += end(connection, seq, true);
            begun += begin(connection, seq);
            ledger.jdbc().sql(RESTAMP).params(ledger.tenant(), connection).update();
        }
        ledger.jdbc()
                .sql(QUEUE_LEADS)
                .params(ledger.tenant(), connection, seq)
                .update();
        return new CommittedPage(records.size(), changed, Math.max(begun, ended), problems, seq);
    }

    private int end(String connection, long seq, boolean freshToo) {
        return ledger.jdbc()
                .sql(END_VERSIONS)
                .params(seq, ledger.tenant(), connection, freshToo)
                .update();
    }

    private int begin(String connection, long seq) {
        return ledger.jdbc()
                .sql(BEGIN_VERSIONS)
                .params(ledger.tenant(), connection, seq, ledger.tenant(), connection)
                .update();
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

    /** The current version of a fact. */
    public <F extends Fact> Optional<F> find(FactKind kind, RecordId id, Class<F> type) {
        return ledger.jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body from fact
                        where tenant = ? and kind = ? and connection = ? and id = ? and until_seq is null
                        """)
                .params(ledger.tenant(), kind.word(), id.connection(), id.id())
                .query(FactLedger::readFact)
                .optional()
                .map(type::cast);
    }

    /** The version of a fact that was current at the given sequence. */
    public <F extends Fact> Optional<F> findAsOf(FactKind kind, RecordId id, long seq, Class<F> type) {
        return ledger.jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body from fact
                        where tenant = ? and kind = ? and connection = ? and id = ?
                          and seq <= ? and (until_seq is null or until_seq > ?)
                        """)
                .params(ledger.tenant(), kind.word(), id.connection(), id.id(), seq, seq)
                .query(FactLedger::readFact)
                .optional()
                .map(type::cast);
    }

    /** The last version of a fact that began at or before the given sequence, be it ended. */
    public <F extends Fact> Optional<F> findLast(FactKind kind, RecordId id, long seq, Class<F> type) {
        return ledger.jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body from fact
                        where tenant = ? and kind = ? and connection = ? and id = ? and seq <= ? order by seq desc limit 1
                        """)
                .params(ledger.tenant(), kind.word(), id.connection(), id.id(), seq)
                .query(FactLedger::readFact)
                .optional()
                .map(type::cast);
    }

    /** Facts of a kind as of a sequence, for ids of one connection; those that did not exist are absent. */
    public <F extends Fact> Map<RecordId, Versioned<F>> findAllAsOf(
            FactKind kind, String connection, Collection<String> ids, long seq, Class<F> type) {
        Map<RecordId, Versioned<F>> found = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select kind, connection, id, seq, modified_at, body from fact
                        where tenant = ? and kind = ? and connection = ? and id = any (?)
                          and seq <= ? and (until_seq is null or until_seq > ?)
                        order by id collate "C"
                        """)
                .params(ledger.tenant(), kind.word(), connection, ids.toArray(String[]::new), seq, seq)
                .query((row, number) -> new Versioned<>(type.cast(readFact(row, number)), row.getLong("seq")))
                .list()
                .forEach(version -> found.put(version.fact().id(), version));
        return found;
    }

    /** Every current fact of a kind, in order of connection and id. */
    public <F extends Fact> void forEach(FactKind kind, Class<F> type, Consumer<F> sink) {
        forEachAsOf(kind, Long.MAX_VALUE, type, version -> sink.accept(version.fact()));
    }

    /** Every fact of a kind as of a sequence, in order of connection and id; read in chunks, never whole. */
    public <F extends Fact> void forEachAsOf(FactKind kind, long seq, Class<F> type, Consumer<Versioned<F>> sink) {
        ledger.inTransaction(() -> {
            try (var facts = ledger
                    .jdbc()
                    .sql("""
                            select kind, connection, id, seq, modified_at, body from fact
                            where tenant = ? and kind = ? and seq <= ? and (until_seq is null or until_seq > ?)
                            order by connection collate "C", id collate "C"
                            """)
                    .params(ledger.tenant(), kind.word(), seq, seq)
                    .query((row, number) -> new Versioned<>(type.cast(readFact(row, number)), row.getLong("seq")))
                    .stream()) {
                facts.forEach(sink);
            }
        });
    }

    /**
     * Current facts of a kind that concern a partner: those that name it, and what its people did.
     *
     * @param kind a lead concerns the partner it is, or was, assigned to
     */
    public <F extends Fact> List<F> ofPartner(FactKind kind, RecordId partner, Class<F> type) {
        String of = switch (kind) {
            case LEAD -> "coalesce(f.body ->> 'assignedPartner', f.body ->> 'previousPartner') = :partner";
            case ENGAGEMENT, TRAINING -> """
                        (f.body ->> 'partner' = :partner or (f.body ->> 'partner' is null and f.body ->> 'person' in (
                            select p.connection || '/' || p.id from fact p where p.tenant = :tenant
                            and p.kind = 'person' and p.until_seq is null and p.body ->> 'company' = :partner)))
                        """;
            default -> "f.body ->> 'partner' = :partner";
        };
        return ledger
                .jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body from fact f
                        where f.tenant = :tenant and f.kind = :kind and f.until_seq is null and
                        """ + of + " order by connection collate \"C\", id collate \"C\"")
                .param("tenant", ledger.tenant())
                .param("kind", kind.word())
                .param("partner", partner.toString())
                .query(FactLedger::readFact)
                .list()
                .stream()
                .map(type::cast)
                .toList();
    }

    /** Current leads that the CRM turned into the given opportunity. */
    public List<dev.rainmaker.lead.Lead> leadsThatBecame(RecordId opportunity) {
        return ledger
                .jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body from fact
                        where tenant = ? and kind = 'lead' and until_seq is null and body ->> 'convertedOpportunity' = ?
                        """)
                .params(ledger.tenant(), opportunity.toString())
                .query(FactLedger::readFact)
                .list()
                .stream()
                .map(dev.rainmaker.lead.Lead.class::cast)
                .toList();
    }

    /** Current facts of what a person did: engagements and trainings. */
    public List<Fact> ofPerson(RecordId person) {
        return ledger.jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body from fact
                        where tenant = ? and until_seq is null and kind in ('engagement', 'training')
                          and body ->> 'person' = ?
                        """)
                .params(ledger.tenant(), person.toString())
                .query(FactLedger::readFact)
                .list();
    }

    /** Where every stream stands. */
    public List<StreamState> streams() {
        return ledger.jdbc()
                .sql("select * from stream where tenant = ? order by connection, name")
                .param(ledger.tenant())
                .query((row, number) -> {
                    Timestamp committed = row.getTimestamp("committed_at");
                    return new StreamState(
                            row.getString("connection"),
                            row.getString("name"),
                            row.getBoolean("complete"),
                            row.getLong("records"),
                            row.getLong("pages"),
                            committed == null ? null : committed.toInstant());
                })
                .list();
    }

    /** Current facts of a kind whose id is the text, or whose name or company contains it. */
    public <F extends Fact> List<F> search(FactKind kind, String text, Class<F> type, int most) {
        return ledger
                .jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body from fact
                        where tenant = :tenant and kind = :kind and until_seq is null
                          and (id = :text or body ->> 'name' ilike :pattern or body ->> 'company' ilike :pattern)
                        order by id <> :text, coalesce(body ->> 'name', body ->> 'company'), id limit :most
                        """)
                .param("tenant", ledger.tenant())
                .param("kind", kind.word())
                .param("text", text)
                .param(
                        "pattern",
                        "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .param("most", most)
                .query(FactLedger::readFact)
                .list()
                .stream()
                .map(type::cast)
                .toList();
    }

    /** Names of all partners. */
    public Map<RecordId, String> partnerNames() {
        Map<RecordId, String> names = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select connection, id, body ->> 'name' as name from fact
                        where tenant = ? and kind = 'partner' and until_seq is null
                        """)
                .param(ledger.tenant())
                .query((row, number) -> names.put(
                        new RecordId(row.getString("connection"), row.getString("id")), row.getString("name")))
                .list();
        return names;
    }

    /** Whether a fact of the kind began or ended after a sequence. */
    public boolean changedAfter(FactKind kind, long seq) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from fact where tenant = ? and seq > ? and kind = ?)
                            or exists (select from fact where tenant = ? and until_seq > ? and kind = ?)
                        """)
                .params(ledger.tenant(), seq, kind.word(), ledger.tenant(), seq, kind.word())
                .query(Boolean.class)
                .single();
    }

    /** Whether a fact of these kinds began or ended after one sequence, up to another. */
    public boolean changedBetween(Set<FactKind> kinds, long after, long upTo) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from fact where tenant = :tenant and seq > :after and seq <= :upTo
                                and kind = any (:kinds))
                            or exists (select from fact where tenant = :tenant and until_seq > :after
                                and until_seq <= :upTo and kind = any (:kinds))
                        """)
                .param("tenant", ledger.tenant())
                .param("after", after)
                .param("upTo", upTo)
                .param("kinds", kinds.stream().map(FactKind::word).toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /** The connections that have current facts of a kind. */
    public List<String> connections(FactKind kind) {
        return ledger.jdbc()
                .sql("""
                        with recursive named as (
                            (select connection from fact where tenant = :tenant and kind = :kind and until_seq is null
                             order by connection limit 1)
                            union all
                            select (select f.connection from fact f where f.tenant = :tenant and f.kind = :kind
                                    and f.until_seq is null and f.connection > named.connection
                                    order by f.connection limit 1)
                            from named where named.connection is not null)
                        select connection from named where connection is not null
                        """)
                .param("tenant", ledger.tenant())
                .param("kind", kind.word())
                .query(String.class)
                .list();
    }

    /** How many current facts of a kind there are. */
    public long count(FactKind kind) {
        return ledger.jdbc()
                .sql("select count(*) from fact where tenant = ? and kind = ? and until_seq is null")
                .params(ledger.tenant(), kind.word())
                .query(Long.class)
                .single();
    }

    /** How many certifications were achieved by then and do not expire before. */
    public long countValidCertifications(Instant at) {
        return ledger.jdbc()
                .sql("""
                        select count(*) from fact
                        where tenant = :tenant and kind = 'training' and until_seq is null
                          and (body ->> 'certification')::boolean
                          and (body ->> 'achievedAt')::timestamptz <= :at
                          and (body ->> 'expiresAt' is null or (body ->> 'expiresAt')::timestamptz > :at)
                        """)
                .param("tenant", ledger.tenant())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** Source records of a stream in order of id, after the given id. */
    public List<HeldRecord> held(String connection, String stream, String afterId, int most) {
        return ledger.jdbc()
                .sql("""
                        select id, modified_at, deleted from raw_record
                        where tenant = ? and connection = ? and stream = ? and id > ? order by id limit ?
                        """)
                .params(ledger.tenant(), connection, stream, afterId, most)
                .query((row, number) -> new HeldRecord(
                        row.getString("id"), row.getTimestamp("modified_at").toInstant(), row.getBoolean("deleted")))
                .list();
    }

    /** A source record without its content. */
    public record HeldRecord(String id, Instant modifiedAt, boolean deleted) {}

    /** The stored bytes of a source record. */
    public Optional<byte[]> raw(String connection, String stream, String id) {
        return ledger.jdbc()
                .sql("select body from raw_record where tenant = ? and connection = ? and stream = ? and id = ?")
                .params(ledger.tenant(), connection, stream, id)
                .query(byte[].class)
                .optional();
    }

    /** Versions that began or ended after a sequence, oldest first. */
    public List<FactChange> changesAfter(long seq, long until) {
        return ledger.jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body, seq as at, true as begins from fact
                        where tenant = :t and seq > :after and seq <= :until
                        union all
                        select kind, connection, id, modified_at, body, until_seq, false from fact
                        where tenant = :t and until_seq > :after and until_seq <= :until
                        order by at, kind, connection, id, begins
                        """)
                .param("t", ledger.tenant())
                .param("after", seq)
                .param("until", until)
                .query((row, number) ->
                        new FactChange(readFact(row, number), row.getLong("at"), row.getBoolean("begins")))
                .list();
    }

    /** Versions of one kind that began or ended after a sequence, oldest first; an end comes before a beginning. */
    public List<FactChange> changesOfKind(FactKind kind, long seq, long until) {
        return ledger.jdbc()
                .sql("""
                        select kind, connection, id, modified_at, body, seq as at, true as begins from fact
                        where tenant = :t and seq > :after and seq <= :until and kind = :kind
                        union all
                        select kind, connection, id, modified_at, body, until_seq, false from fact
                        where tenant = :t and until_seq > :after and until_seq <= :until and kind = :kind
                        order by at, connection, id, begins
                        """)
                .param("t", ledger.tenant())
                .param("kind", kind.word())
                .param("after", seq)
                .param("until", until)
                .query((row, number) ->
                        new FactChange(readFact(row, number), row.getLong("at"), row.getBoolean("begins")))
                .list();
    }

    /** The sequence up to which everything is visible. */
    public long sequence() {
        return ledger.sequence();
    }

    static Fact readFact(ResultSet row, int number) throws SQLException {
        Timestamp stamp = row.getTimestamp("modified_at");
        Instant modifiedAt = stamp.toInstant();
        return FactJson.read(
                FactKind.of(row.getString("kind")),
                new RecordId(row.getString("connection"), row.getString("id")),
                modifiedAt,
                row.getString("body"));
    }
}
