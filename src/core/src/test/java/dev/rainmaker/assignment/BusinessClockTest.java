package dev.rainmaker.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Business time either side of every boundary that a calendar has. */
class BusinessClockTest {

    private static final WorkingHours ALWAYS = everyDay(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    private static final WorkingHours NIGHTS = everyDay(LocalTime.of(0, 0), LocalTime.of(6, 0));

    private static WorkingHours everyDay(LocalTime from, LocalTime until) {
        Map<DayOfWeek, List<WorkingHours.Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(new WorkingHours.Span(from, until)));
        }
        return new WorkingHours(week);
    }

    private static BusinessClock office(String zone) {
        return new BusinessClock(WorkingHours.OFFICE, ZoneId.of(zone), Holidays.NONE, "DE");
    }

    private static Instant after(BusinessClock clock, String from, String time) {
        return clock.after(Instant.parse(from), Duration.parse(time));
    }

    @Test
    void deadlineAtClosingTimeStaysOnTheDayAndOneMinuteMoreGoesToTheNext() {
        // Wednesday 4 March 2026, 15:00 in Berlin; the office closes at 17:00.
        assertThat(after(office("Europe/Berlin"), "2026-03-04T14:00:00Z", "PT2H"))
                .isEqualTo("2026-03-04T16:00:00Z");
        assertThat(after(office("Europe/Berlin"), "2026-03-04T14:00:00Z", "PT2H1M"))
                .isEqualTo("2026-03-05T08:01:00Z");
    }

    @Test
    void fridayEveningRunsOnOnMonday() {
        assertThat(after(office("UTC"), "2026-03-06T16:59:00Z", "PT1M")).isEqualTo("2026-03-06T17:00:00Z");
        assertThat(after(office("UTC"), "2026-03-06T17:00:00Z", "PT1M")).isEqualTo("2026-03-09T09:01:00Z");
    }

    @Test
    void twoZonesGiveTwoDeadlinesForOneInstant() {
        String noonUtc = "2026-03-04T12:00:00Z";
        assertThat(after(office("Europe/Berlin"), noonUtc, "PT5H")).isEqualTo("2026-03-05T09:00:00Z");
        assertThat(after(office("America/New_York"), noonUtc, "PT5H")).isEqualTo("2026-03-04T19:00:00Z");
    }

    @Test
    void hourThatTheSpringChangeSkipsIsNotWorked() {
        // Berlin, 29 March 2026: 02:00 becomes 03:00, so 0 to 6 are five hours; the day before six.
        BusinessClock berlin = new BusinessClock(NIGHTS, ZoneId.of("Europe/Berlin"), Holidays.NONE, null);
        assertThat(after(berlin, "2026-03-27T23:00:00Z", "PT6H")).isEqualTo("2026-03-28T05:00:00Z");
        assertThat(after(berlin, "2026-03-28T23:00:00Z", "PT5H")).isEqualTo("2026-03-29T04:00:00Z");
        assertThat(after(berlin, "2026-03-28T23:00:00Z", "PT5H1M")).isEqualTo("2026-03-29T22:01:00Z");
    }

    @Test
    void hourThatTheAutumnChangeDoublesIsWorkedTwice() {
        // Berlin, 25 October 2026: 03:00 becomes 02:00 again, so 0 to 6 are seven hours; the day after six.
        BusinessClock berlin = new BusinessClock(NIGHTS, ZoneId.of("Europe/Berlin"), Holidays.NONE, null);
        assertThat(after(berlin, "2026-10-24T22:00:00Z", "PT7H")).isEqualTo("2026-10-25T05:00:00Z");
        assertThat(after(berlin, "2026-10-24T22:00:00Z", "PT7H1M")).isEqualTo("2026-10-25T23:01:00Z");
        assertThat(after(berlin, "2026-10-25T23:00:00Z", "PT6H")).isEqualTo("2026-10-26T05:00:00Z");
    }

    @Test
    void officeThatOpensInTheSkippedHourOpensAtTheChange() {
        BusinessClock berlin = new BusinessClock(
                everyDay(LocalTime.of(2, 30), LocalTime.of(4, 0)), ZoneId.of("Europe/Berlin"), Holidays.NONE, null);
        assertThat(berlin.openAt(Instant.parse("2026-03-29T00:59:59Z"))).isFalse();
        assertThat(berlin.openAt(Instant.parse("2026-03-29T01:00:00Z"))).isTrue();
    }

    @Test
    void leapDayIsADayAndItsLackIsNone() {
        BusinessClock always = new BusinessClock(ALWAYS, ZoneId.of("UTC"), Holidays.NONE, null);
        assertThat(after(always, "2028-02-28T12:00:00Z", "P1D")).isEqualTo("2028-02-29T12:00:00Z");
        assertThat(after(always, "2027-02-28T12:00:00Z", "P1D")).isEqualTo("2027-03-01T12:00:00Z");
        // 28 February 2028 is a Monday, 28 February 2027 a Sunday.
        assertThat(after(office("UTC"), "2028-02-28T09:00:00Z", "PT8H1M")).isEqualTo("2028-02-29T09:01:00Z");
    }

    @Test
    void deadlineAtMidnightBelongsToTheDayThatEnds() {
        BusinessClock always = new BusinessClock(ALWAYS, ZoneId.of("Europe/Berlin"), Holidays.NONE, null);
        assertThat(after(always, "2026-03-04T22:00:00Z", "PT1H")).isEqualTo("2026-03-04T23:00:00Z");
        assertThat(after(always, "2026-03-04T22:00:00Z", "PT1H0.001S")).isEqualTo("2026-03-04T23:00:00.001Z");
    }

    @Test
    void newYearsDayIsSkippedWhereItIsAHoliday() {
        Holidays newYear = new Holidays() {
            @Override
            public boolean isHoliday(String country, LocalDate day) {
                return Set.of("DE").contains(country) && day.getDayOfYear() == 1;
            }

            @Override
            public String version() {
                return "test";
            }
        };
        // Thursday 31 December 2026, 16:00; Friday is New Year's Day.
        BusinessClock german = new BusinessClock(WorkingHours.OFFICE, ZoneId.of("UTC"), newYear, "DE");
        BusinessClock other = new BusinessClock(WorkingHours.OFFICE, ZoneId.of("UTC"), newYear, "JP");
        assertThat(after(german, "2026-12-31T16:00:00Z", "PT1H")).isEqualTo("2026-12-31T17:00:00Z");
        assertThat(after(german, "2026-12-31T16:00:00Z", "PT2H")).isEqualTo("2027-01-04T10:00:00Z");
        assertThat(after(other, "2026-12-31T16:00:00Z", "PT2H")).isEqualTo("2027-01-01T10:00:00Z");
    }

    @Test
    void calendarWithoutAnOpenDayIsAFault() {
        Holidays all = new Holidays() {
            @Override
            public boolean isHoliday(String country, LocalDate day) {
                return true;
            }

            @Override
            public String version() {
                return "test";
            }
        };
        BusinessClock closed = new BusinessClock(WorkingHours.OFFICE, ZoneId.of("UTC"), all, "DE");
        assertThatThrownBy(() -> after(closed, "2026-03-04T12:00:00Z", "PT1H"))
                .hasMessageContaining("check business hours and holidays");
    }

    @Test
    void capacityWindowsBeginWithTheLocalCalendar() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant beforeMidnight = Instant.parse("2026-12-31T22:59:59Z");
        Instant midnight = Instant.parse("2026-12-31T23:00:00Z");
        assertThat(Window.DAY.start(beforeMidnight, berlin)).isEqualTo("2026-12-30T23:00:00Z");
        assertThat(Window.DAY.start(midnight, berlin)).isEqualTo(midnight);
        assertThat(Window.MONTH.start(beforeMidnight, berlin)).isEqualTo("2026-11-30T23:00:00Z");
        assertThat(Window.MONTH.start(midnight, berlin)).isEqualTo(midnight);
        assertThat(Window.WEEK.start(midnight, berlin)).isEqualTo("2026-12-27T23:00:00Z");
    }

    @Test
    void hoursThatOverlapOrNeverOpenAreRefused() {
        assertThatThrownBy(() -> new WorkingHours(Map.of())).hasMessageContaining("at least one open day");
        var nine = new WorkingHours.Span(LocalTime.of(9, 0), LocalTime.of(12, 0));
        var eleven = new WorkingHours.Span(LocalTime.of(11, 0), LocalTime.of(13, 0));
        assertThatThrownBy(() -> new WorkingHours(Map.of(DayOfWeek.MONDAY, List.of(nine, eleven))))
                .hasMessageContaining("MONDAY");
    }
}
