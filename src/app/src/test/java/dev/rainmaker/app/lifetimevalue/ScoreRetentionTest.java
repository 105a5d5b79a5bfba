package dev.rainmaker.app.lifetimevalue;

import static dev.rainmaker.app.lifetimevalue.Programme.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.app.ledger.ScoreRetention;
import dev.rainmaker.fact.Money;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Past scores do not pile up for ever, and nothing goes that a chart, a comparison or a replay needs. */
class ScoreRetentionTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-06-15");

    private Programme programme;
    private int number;

    @BeforeEach
    void aProgramme() {
        programme = new Programme(PlvPolicy.standard());
    }

    @AfterEach
    void close() {
        programme.close();
    }

    @Test
    void eachDayKeepsItsLastScoreForThirteenMonthsAndEachMonthItsLastAfterThem() {
        for (LocalDate day = LocalDate.parse("2025-03-01"); !day.isAfter(TODAY); day = day.plusDays(1)) {
            stored(day);
            stored(day);
        }

        thin();

        List<LocalDate> kept = days();
        assertThat(kept)
                .filteredOn(day -> day.isBefore(LocalDate.parse("2025-05-15")))
                .as("the first half of May goes: the month has later days")
                .containsExactly(LocalDate.parse("2025-04-30"), LocalDate.parse("2025-03-31"));
        assertThat(kept)
                .filteredOn(day -> !day.isBefore(LocalDate.parse("2025-05-15")))
                .as("the last two days keep both of their scores")
                .startsWith(TODAY, TODAY, TODAY.minusDays(1), TODAY.minusDays(1))
                .hasSize(397 + 2);
        assertThat(programme.scores.find(id("p1")).orElseThrow().score()).isEqualByComparingTo(new BigDecimal(number));
        assertThat(thin()).isEqualTo(new ScoreRetention.LetGo(0, 0));
    }

    @Test
    void aScoreThatADecisionSawStaysHoweverOldItIs() {
        LocalDate old = LocalDate.parse("2024-01-10");
        stored(old);
        StoredScore seen = stored(old.plusDays(1));
        stored(old.plusDays(2));
        stored(old.plusDays(3));
        stored(TODAY);
        decided(seen.seq());

        thin();

        assertThat(programme.scores.allAsOf(seen.seq()))
                .singleElement()
                .satisfies(score -> assertThat(score.score()).isEqualByComparingTo(seen.score()));
        assertThat(days())
                .as("the day before and the day after it go")
                .containsExactly(TODAY, old.plusDays(3), old.plusDays(1));
    }

    @Test
    void theScoreThatStandsStaysEvenWhereItIsTheOnlyOneOfAnOldMonth() {
        stored(LocalDate.parse("2023-02-03"));

        assertThat(thin().scores()).isZero();
        assertThat(days()).containsExactly(LocalDate.parse("2023-02-03"));
    }

    @Test
    void versionsThatNoScoreNamesAnyMoreGoAndThoseThatOneNamesStay() {
        programme.state(Programme.partner("p1", "Gold"));
        programme.refit(LocalDate.parse("2024-01-10"));
        programme.refit(LocalDate.parse("2024-01-11"));
        programme.refit(TODAY);
        programme.ledger.jdbc().sql("update plv_version set created_at = as_of").update();
        List<String> before = versions();

        ScoreRetention.LetGo gone = thin();

        assertThat(gone).isEqualTo(new ScoreRetention.LetGo(1, 1));
        assertThat(versions()).isEqualTo(before.subList(1, 3));
        assertThat(programme.reading().ranking().rows()).hasSize(1);
    }

    private List<String> versions() {
        return programme
                .ledger
                .jdbc()
                .sql("select version from plv_version order by as_of")
                .query(String.class)
                .list();
    }

    private ScoreRetention.LetGo thin() {
        return new ScoreRetention(programme.ledger).thin(Programme.at(TODAY));
    }

    private List<LocalDate> days() {
        return programme.scores.history(id("p1"), 1_000).stream()
                .map(score -> score.asOf().atZone(ZoneOffset.UTC).toLocalDate())
                .toList();
    }

    private StoredScore stored(LocalDate day) {
        number++;
        return programme
                .scores
                .store(List.of(new StoredScore(
                        id("p1"),
                        0,
                        "v1",
                        day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        new BigDecimal(number),
                        Money.of("1", "EUR"),
                        "{}")))
                .get(0);
    }

    private void decided(long sequence) {
        programme
                .ledger
                .jdbc()
                .sql("""
                        insert into decision (tenant, id, round, lead_connection, lead_id, version, current, outcome, reason,
                            summary, policy_version, facts_seq, decided_at, inputs, receipt)
                        values ('default', 'd1', 1, 'crm', 'l1', 1, true, 'unassigned', '', '', '', ?, ?, '{}', '')
                        """)
                .params(sequence, Timestamp.from(Programme.at(TODAY)))
                .update();
    }
}
