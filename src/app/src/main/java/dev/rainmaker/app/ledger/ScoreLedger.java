package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** PLV scores with their versions by ledger sequence. */
public final class ScoreLedger {

    private static final String COLUMNS = "connection, id, seq, version, as_of, score, value, body";

    private static final String END = """
            update plv_score set until_seq = ?
            where tenant = ? and connection = ? and id = ? and until_seq is null
            """;

    private static final String BEGIN =
            "insert into plv_score (tenant, " + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)";

    private final Ledger ledger;

    public ScoreLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Stores scores that differ from the current ones as new versions, all at one new sequence.
     *
     * @return those that were new or differed
     */
    public List<StoredScore> store(List<StoredScore> scores) {
        if (scores.isEmpty()) {
            return List.of();
        }
        return ledger.transaction(() -> {
            Map<RecordId, Numbers> held =
                    numbers(scores.stream().map(StoredScore::partner).toList());
            List<StoredScore> differing = scores.stream()
                    .filter(score -> !Numbers.of(score).equals(held.get(score.partner())))
                    .toList();
            if (differing.isEmpty()) {
                return List.of();
            }
            long seq = ledger.nextSequence();
            JdbcTemplate jdbc = new JdbcTemplate(ledger.dataSource());
            jdbc.batchUpdate(
                    END, differing.stream().map(score -> ending(score, seq)).toList());
            jdbc.batchUpdate(
                    BEGIN,
                    differing.stream().map(score -> beginning(score, seq)).toList());
            return differing.stream().map(score -> score.at(seq)).toList();
        });
    }

    private Object[] ending(StoredScore score, long seq) {
        return new Object[] {
            seq, ledger.tenant(), score.partner().connection(), score.partner().id()
        };
    }

    private Object[] beginning(StoredScore score, long seq) {
        return new Object[] {
            ledger.tenant(),
            score.partner().connection(),
            score.partner().id(),
            seq,
            score.version(),
            Timestamp.from(score.asOf()),
            score.score(),
            score.value().amount(),
            score.body()
        };
    }

    /** What makes a score differ: a mere passing of time that changes no number is no new version. */
    private record Numbers(String version, BigDecimal score, BigDecimal value) {
        static Numbers of(StoredScore score) {
            return new Numbers(
                    score.version(),
                    score.score().stripTrailingZeros(),
                    score.value().amount().stripTrailingZeros());
        }
    }

    private Map<RecordId, Numbers> numbers(List<RecordId> partners) {
        Map<RecordId, Numbers> held = new HashMap<>();
        ledger.jdbc()
                .sql("""
                        select connection, id, version, score, value from plv_score
                        where tenant = ? and until_seq is null
                          and (connection, id) in (select * from unnest(?::text[], ?::text[]))
                        """)
                .params(
                        ledger.tenant(),
                        partners.stream().map(RecordId::connection).toArray(String[]::new),
                        partners.stream().map(RecordId::id).toArray(String[]::new))
                .query((row, number) -> held.put(
                        new RecordId(row.getString("connection"), row.getString("id")),
                        new Numbers(
                                row.getString("version"),
                                row.getBigDecimal("score").stripTrailingZeros(),
                                row.getBigDecimal("value").stripTrailingZeros())))
                .list();
        return held;
    }

    /** Ends the score of a company that is no partner any more. */
    public void end(RecordId partner) {
        ledger.inTransaction(() -> {
            if (find(partner).isPresent()) {
                ledger.jdbc()
                        .sql(END)
                        .params(ledger.nextSequence(), ledger.tenant(), partner.connection(), partner.id())
                        .update();
            }
        });
    }

    /** Ends all scores that are not of the version: of companies that were partners when an earlier one was made. */
    public void endAllBut(String version) {
        ledger.inTransaction(() -> ledger.jdbc()
                .sql("update plv_score set until_seq = ? where tenant = ? and until_seq is null and version <> ?")
                .params(ledger.nextSequence(), ledger.tenant(), version)
                .update());
    }

    /** The current score of a partner. */
    public Optional<StoredScore> find(RecordId partner) {
        return ledger.jdbc()
                .sql("select " + COLUMNS
                        + " from plv_score where tenant = ? and connection = ? and id = ? and until_seq is null")
                .params(ledger.tenant(), partner.connection(), partner.id())
                .query(ScoreLedger::read)
                .optional();
    }

    // Scores of two versions must not stand in one comparison: only those of the version that scored last count.
    private static final String COMPARABLE = """
             from plv_score where tenant = :tenant and seq <= :seq and (until_seq is null or until_seq > :seq)
               and version = (select version from plv_score where tenant = :tenant and seq <= :seq
                              order by seq desc limit 1)
            order by score desc, connection collate "C", id collate "C"
            """;

    /** All scores as of a sequence, best first, all of one version. */
    public List<StoredScore> allAsOf(long seq) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + COMPARABLE)
                .param("tenant", ledger.tenant())
                .param("seq", seq)
                .query(ScoreLedger::read)
                .list();
    }

    /** Scores as of a sequence, best first, from a place on, all of one version. */
    public List<StoredScore> pageAsOf(long seq, int offset, int most) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + COMPARABLE + " offset :offset limit :most")
                .param("tenant", ledger.tenant())
                .param("seq", seq)
                .param("offset", offset)
                .param("most", most)
                .query(ScoreLedger::read)
                .list();
    }

    /** A partner's scores, newest first. */
    public List<StoredScore> history(RecordId partner, int most) {
        return ledger.jdbc()
                .sql("select " + COLUMNS
                        + " from plv_score where tenant = ? and connection = ? and id = ? order by seq desc limit ?")
                .params(ledger.tenant(), partner.connection(), partner.id(), most)
                .query(ScoreLedger::read)
                .list();
    }

    /** The sequence at which a score last began or ended, up to the given one; 0 without any. */
    public long latestSequence(long upTo) {
        return ledger.jdbc()
                .sql("""
                        select greatest(0,
                            (select max(seq) from plv_score where tenant = :tenant and seq <= :upTo),
                            (select max(until_seq) from plv_score where tenant = :tenant and until_seq <= :upTo))
                        """)
                .param("tenant", ledger.tenant())
                .param("upTo", upTo)
                .query(Long.class)
                .single();
    }

    /** Whether a score began after a sequence. */
    public boolean changedAfter(long seq) {
        return ledger.jdbc()
                .sql("select exists (select from plv_score where tenant = ? and seq > ?)")
                .params(ledger.tenant(), seq)
                .query(Boolean.class)
                .single();
    }

    /** Whether a score began or ended after one sequence, up to another. */
    public boolean changedBetween(long after, long upTo) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from plv_score where tenant = :tenant
                            and (seq > :after and seq <= :upTo or until_seq > :after and until_seq <= :upTo))
                        """)
                .param("tenant", ledger.tenant())
                .param("after", after)
                .param("upTo", upTo)
                .query(Boolean.class)
                .single();
    }

    private static StoredScore read(ResultSet row, int number) throws SQLException {
        String body = row.getString("body");
        BigDecimal value = row.getBigDecimal("value");
        return new StoredScore(
                new RecordId(row.getString("connection"), row.getString("id")),
                row.getLong("seq"),
                row.getString("version"),
                row.getTimestamp("as_of").toInstant(),
                row.getBigDecimal("score"),
                new Money(
                        value,
                        OutboxLedger.values(body).getOrDefault("currency", "USD") instanceof String c ? c : "USD"),
                body);
    }

    /**
     * A partner's score as stored.
     *
     * @param seq the ledger sequence at which it became current; 0 before it is stored
     * @param version of model, reference and policy it was computed by
     * @param body the whole result as JSON: terms, interval, notes
     */
    public record StoredScore(
            RecordId partner, long seq, String version, Instant asOf, BigDecimal score, Money value, String body) {

        StoredScore at(long stored) {
            return new StoredScore(partner, stored, version, asOf, score, value, body);
        }
    }
}
