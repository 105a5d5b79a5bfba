package dev.rainmaker.lifetimevalue.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

    @Test
    void currencyWithoutARateIsRejectedByLineAndStopsNothing() {
        Transactions deals = Transactions.builder()
                .add(2, "a", DAY, 10, null, "EUR")
                .add(3, "b", DAY, 20, null, "USD")
                .add(4, "b", DAY, 30, null, "EUR")
                .add(5, "c", DAY, 40, null, null)
                .build();
        assertThat(deals.currency()).isEqualTo("EUR");
        assertThat(deals.partners()).isEqualTo(3);
        assertThat(deals.rejected()).containsExactly(new Transactions.Rejected(3, "currency USD has no rate to EUR"));
    }

    @Test
    void currencyWithARateIsConvertedWithItsMargin() {
        Transactions deals = Transactions.builder()
                .in("EUR")
                .rate("USD", 0.9)
                .add(2, "a", DAY, 100, 10.0, "USD")
                .build();
        assertThat(deals.amount(0)).isCloseTo(90, within(1e-12));
        assertThat(deals.margin(0)).isCloseTo(9, within(1e-12));
    }

    @Test
    void brokenNumbersAndMissingPartnersAreRejectedByLine() {
        Transactions deals = Transactions.builder()
                .add(2, " ", DAY, 10, null, null)
                .add(3, "a", DAY, Double.NaN, null, null)
                .add(4, "a", DAY, 1, Double.POSITIVE_INFINITY, null)
                .reject(5, "date is not a date")
                .build();
        assertThat(deals.size()).isZero();
        assertThat(deals.rejected()).extracting(Transactions.Rejected::line).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void aMillionDealsOfOnePartnerAreOneRowPerDayToTheModels() {
        TransactionsBuilder builder = Transactions.builder();
        for (int i = 0; i < 1_000_000; i++) {
            builder.add(i, "one", DAY.plusDays(i % 1_000), 1, null, null);
        }
        SnapshotTable table =
                new SnapshotTable(builder.build(), (int) DAY.plusDays(999).toEpochDay(), 180);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.snapshot(0).days()).isEqualTo(1_000);
        assertThat(table.snapshot(0).revenue()).isEqualTo(1e6);
        assertThat(table.snapshot(0).lastPeriod()).isEqualTo(180_000);
    }
}
