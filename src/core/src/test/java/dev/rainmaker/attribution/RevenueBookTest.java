package dev.rainmaker.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevenueBookTest {

    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final YearMonth JUNE = YearMonth.of(2026, 6);

    @Test
    void withoutAClosedMonthWhatIsTrueNowIsWhatIsBooked() {
        Booking line = line("d1", "north", MAY, "100");

        assertThat(RevenueBook.complete(List.of(), List.of(line), null)).containsExactly(line);
    }

    @Test
    void aClosedMonthKeepsWhatItSaidAndTheDifferenceIsBookedInTheNextOne() {
        Booking closed = line("d1", "north", MAY, "100");
        Booking corrected = line("d1", "north", MAY, "80");

        List<Booking> book = RevenueBook.complete(List.of(closed), List.of(corrected), MAY);

        assertThat(book).hasSize(2).contains(closed);
        assertThat(book.get(1).period()).isEqualTo(JUNE);
        assertThat(book.get(1).adjustment()).isTrue();
        assertThat(book.get(1).share().amount()).isEqualByComparingTo("-20");
        assertThat(book.get(1).amount().amount()).isEqualByComparingTo("-20");
    }

    @Test
    void aDealThatMovesToAnotherPartnerIsTakenFromOneAndGivenToTheOther() {
        List<Booking> book = RevenueBook.complete(
                List.of(line("d1", "north", MAY, "100")), List.of(line("d1", "south", MAY, "100")), MAY);

        assertThat(book.subList(1, 3))
                .extracting(Booking::partner, each -> each.share().amount().intValue())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(partner("north"), -100),
                        org.assertj.core.groups.Tuple.tuple(partner("south"), 100));
    }

    @Test
    void aDealLostAgainIsTakenBackOnceAlsoAfterTheNextMonthIsClosed() {
        Booking closed = line("d1", "north", MAY, "100");
        List<Booking> afterLoss = RevenueBook.complete(List.of(closed), List.of(), MAY);

        List<Booking> later = RevenueBook.complete(afterLoss, List.of(), JUNE);

        assertThat(later).isEqualTo(afterLoss);
        assertThat(later.stream().map(each -> each.share().amount()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0");
    }

    @Test
    void aDealEnteredLateForAClosedMonthCountsInTheOpenOne() {
        List<Booking> book = RevenueBook.complete(
                List.of(line("d1", "north", MAY, "100")),
                List.of(line("d1", "north", MAY, "100"), line("d2", "north", MAY, "50")),
                MAY);

        assertThat(book).hasSize(2);
        assertThat(book.get(1).period()).isEqualTo(JUNE);
        assertThat(book.get(1).share().amount()).isEqualByComparingTo("50");
    }

    private static RecordId partner(String id) {
        return new RecordId("crm", id);
    }

    private static Booking line(String deal, String partner, YearMonth period, String amount) {
        Money money = Money.of(amount, "USD");
        return new Booking(
                period,
                false,
                new RecordId("crm", deal),
                partner(partner),
                Attribution.Kind.SOURCED,
                Part.SOURCED,
                true,
                money,
                null,
                money,
                "r1",
                "none",
                List.of());
    }
}
