package dev.rainmaker.app.ledger;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Thins out past scores: one per partner and day for {@value #MONTHS_BY_DAY} months, the day's last, and the last of each month
 * before. A score that a decision saw stays however old it is, as the decision could not be replayed without it; so does every
 * current one. Versions of the model that no score names any more go with the scores.
 */
public final class ScoreRetention {

    /** For so many months every day keeps its score: charts, "since last month" and a year's comparison need no more. */
    public static final int MONTHS_BY_DAY = 13;

    /** The last days keep everything: pages of one list are read as of one sequence. */
    private static final int UNTOUCHED_DAYS = 2;

    private static final String THIN = """
            delete from plv_score old
            where old.tenant = :tenant and old.until_seq is not null and old.as_of < :settled
              and exists (
                select from plv_score later
                where later.tenant = old.tenant and later.connection = old.connection and later.id = old.id
                  and later.seq > old.seq
                  and date_trunc('month', later.as_of, 'UTC') = date_trunc('month', old.as_of, 'UTC')
                  and (old.as_of < :months or date_trunc('day', later.as_of, 'UTC') = date_trunc('day', old.as_of, 'UTC')))
              and not exists (
                select from decision seen
                where seen.tenant = old.tenant and seen.facts_seq >= old.seq and seen.facts_seq < old.until_seq)
            """;

    private static final String VERSIONS = """
            delete from plv_version old
            where old.tenant = :tenant and not old.current and old.created_at < :settled
              and not exists (select from plv_score where tenant = old.tenant and version = old.version)
            """;

    private final Ledger ledger;

    public ScoreRetention(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What was let go.
     *
     * @param scores rows of partners' scores
     * @param versions models
     */
    public record LetGo(int scores, int versions) {}

    /** Thins out what the instant calls old. */
    public LetGo thin(Instant now) {
        Timestamp settled = Timestamp.from(now.minus(UNTOUCHED_DAYS, ChronoUnit.DAYS));
        Timestamp months = Timestamp.from(now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .minusMonths(MONTHS_BY_DAY)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
        return ledger.transaction(() -> {
            int scores = ledger.jdbc()
                    .sql(THIN)
                    .param("tenant", ledger.tenant())
                    .param("settled", settled)
                    .param("months", months)
                    .update();
            int versions = ledger.jdbc()
                    .sql(VERSIONS)
                    .param("tenant", ledger.tenant())
                    .param("settled", settled)
                    .update();
            return new LetGo(scores, versions);
        });
    }
}
