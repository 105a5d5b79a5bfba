package dev.rainmaker.app.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.assignment.BusinessClock;
import dev.rainmaker.assignment.WorkingHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PublicHolidaysTest {

    private final PublicHolidays holidays = new PublicHolidays();

    private Instant eightHoursAfter(String from, String zone, String country) {
        return new BusinessClock(WorkingHours.OFFICE, ZoneId.of(zone), holidays, country)
                .after(Instant.parse(from), Duration.ofHours(8));
    }

    @Test
    void nationalHolidaysAreKnownTheDaysBesideThemAreNot() {
        assertThat(holidays.isHoliday("DE", LocalDate.parse("2026-10-03"))).isTrue();
        assertThat(holidays.isHoliday("DE", LocalDate.parse("2026-10-02"))).isFalse();
        assertThat(holidays.isHoliday("US", LocalDate.parse("2026-11-26"))).isTrue(); // Thanksgiving
        assertThat(holidays.isHoliday("US", LocalDate.parse("2026-11-25"))).isFalse();
        assertThat(holidays.isHoliday("DE", LocalDate.parse("2026-11-26"))).isFalse();
    }

    @Test
    void countryWithoutACalendarHasNoHolidays() {
        assertThat(holidays.isHoliday("ZZ", LocalDate.parse("2026-01-01"))).isFalse();
    }

    @Test
    void deadlineOverChristmasEndsInTheOfficesNextWorkingDay() {
        // 24 December 2026 is a Thursday; 25 (Friday) is a holiday, 26 and 27 are the weekend.
        assertThat(eightHoursAfter("2026-12-24T12:00:00Z", "Europe/Berlin", "DE"))
                .isEqualTo(Instant.parse("2026-12-28T12:00:00Z"));
        assertThat(eightHoursAfter("2026-12-24T12:00:00Z", "Europe/Berlin", "ZZ"))
                .isEqualTo(Instant.parse("2026-12-25T12:00:00Z"));
    }

    @Test
    void versionNamesTheCalendarsRelease() {
        assertThat(holidays.version()).matches("jollyday-\\d+\\.\\d+\\.\\d+");
    }
}
