package dev.rainmaker.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.postgres.TestPostgres;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** Statements of one transaction in two threads. */
class LedgerTest {

    private Ledger ledger;

    @BeforeEach
    void open() {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
        ledger.jdbc().sql("create table note (id integer primary key)").update();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void note(int id) {
        ledger.jdbc().sql("insert into note values (?)").param(id).update();
    }

    private List<Integer> notes() {
        return ledger.jdbc()
                .sql("select id from note order by id")
                .query(Integer.class)
                .list();
    }

    @Test
    void whatRunsAlongsideBelongsToTheTransaction() {
        ledger.inTransaction(() -> {
            ledger.alongside(background -> IntStream.range(0, 50).forEach(i -> {
                background.run(() -> note(2 * i));
                note(2 * i + 1);
            }));
            assertThat(notes()).hasSize(100);
        });
        assertThat(notes()).hasSize(100);
        assertThatThrownBy(() -> ledger.inTransaction(() -> {
                    ledger.alongside(background -> background.run(() -> note(200)));
                    throw new IllegalStateException("not after all");
                }))
                .hasMessage("not after all");
        assertThat(notes()).hasSize(100);
    }

    @Test
    void whatFailedAlongsideIsWhatIsThrownAndNothingIsKept() {
        note(1);
        assertThatThrownBy(() -> ledger.inTransaction(() -> ledger.alongside(background -> {
                    background.run(() -> note(1));
                    background.run(() -> note(3));
                    for (int i = 10; i < 1_000; i++) {
                        note(i); // meets the aborted transaction sooner or later
                    }
                })))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(notes()).containsExactly(1);
    }
}
