package dev.rainmaker.app.ledger;

import dev.rainmaker.connector.Cursor;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Facts with their versions, and the pages of records that they come in. */
public final class FactLedger {

    private final Ledger ledger;
    private final PageCommit pages;

    public FactLedger(Ledger ledger) {
        this.ledger = ledger;
        this.pages = new PageCommit(ledger);
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
            pages.moveCursor(connection, stream, mappingVersion, records.size(), from, next, last);
            return pages.apply(connection, stream, mappingVersion, records);
        });
    }

    /** Commits records that arrived outside the paged read (events, fetched by id); the stream's position stays. */
    public CommittedPage commit(
            String connection, String stream, String mappingVersion, Collection<IncomingRecord> records) {
        return commit(connection, stream, mappingVersion, records, () -> {});
    }

    /** The same, with something else in the same transaction. */
    public CommittedPage commit(
            String connection,
            String stream,
            String mappingVersion,
            Collection<IncomingRecord> records,
            Runnable also) {
        return ledger.transaction(() -> {
            CommittedPage page = pages.apply(connection, stream, mappingVersion, records);
            also.run();
            return page;
        });
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

    /** Facts of a kind as they are now; those that do not exist are absent. */
    public <F extends Fact> Map<RecordId, F> findAll(FactKind kind, Collection<RecordId> ids, Class<F> type) {
        Map<RecordId, F> found = new LinkedHashMap<>();
        findAllAsOf(kind, ids, Long.MAX_VALUE, type).forEach((id, version) -> found.put(id, version.fact()));
        return found;
    }

    /** Facts of a kind as of a sequence, in order of connection and id; those that did not exist are absent. */
    public <F extends Fact> Map<RecordId, Versioned<F>> findAllAsOf(
            FactKind kind, Collection<RecordId> ids, long seq, Class<F> type) {
        Map<String, Set<String>> byConnection = new TreeMap<>();
        ids.forEach(id -> byConnection
                .computeIfAbsent(id.connection(), any -> new HashSet<>())
                .add(id.id()));
        Map<RecordId, Versioned<F>> found = new LinkedHashMap<>();
        byConnection.forEach((connection, each) -> ledger.jdbc()
                .sql("""
                        select kind, connection, id, seq, modified_at, body from fact
                        where tenant = ? and kind = ? and connection = ? and id = any (?)
                          and seq <= ? and (until_seq is null or until_seq > ?)
                        order by id collate "C"
                        """)
                .params(ledger.tenant(), kind.word(), connection, each.toArray(String[]::new), seq, seq)
                .query((row, number) -> new Versioned<>(type.cast(readFact(row, number)), row.getLong("seq")))
                .list()
                .forEach(version -> found.put(version.fact().id(), version)));
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
