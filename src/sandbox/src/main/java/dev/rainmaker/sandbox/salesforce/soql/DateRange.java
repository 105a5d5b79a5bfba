package dev.rainmaker.sandbox.salesforce.soql;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/**
 * Date literals: {@code TODAY}, {@code LAST_N_DAYS:7}. Each is a half-open range of days, relative to the day it is asked
 * on. Weeks start on Sunday, as in the en_US locale. Fiscal literals are not known.
 */
enum DateRange {
    YESTERDAY,
    TODAY,
    TOMORROW,
    LAST_WEEK,
    THIS_WEEK,
    NEXT_WEEK,
    LAST_MONTH,
    THIS_MONTH,
    NEXT_MONTH,
    LAST_90_DAYS,
    NEXT_90_DAYS,
    THIS_QUARTER,
    LAST_QUARTER,
    NEXT_QUARTER,
    THIS_YEAR,
    LAST_YEAR,
    NEXT_YEAR,
    LAST_N_DAYS,
    NEXT_N_DAYS,
    N_DAYS_AGO,
    LAST_N_WEEKS,
    NEXT_N_WEEKS,
    LAST_N_MONTHS,
    NEXT_N_MONTHS,
    LAST_N_QUARTERS,
    NEXT_N_QUARTERS,
    LAST_N_YEARS,
    NEXT_N_YEARS;

    /** Days from inclusive to exclusive. */
    record Days(LocalDate from, LocalDate to) {}

    boolean takesNumber() {
        return name().contains("_N_") || this == N_DAYS_AGO;
    }

    static Optional<DateRange> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Days on(LocalDate today, int n) {
        LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        LocalDate month = today.withDayOfMonth(1);
        LocalDate quarter = month.minusMonths((today.getMonthValue() - 1) % 3);
        LocalDate year = today.withDayOfYear(1);
        LocalDate tomorrow = today.plusDays(1);
        return switch (this) {
            case YESTERDAY -> new Days(today.minusDays(1), today);
            case TODAY -> new Days(today, tomorrow);
            case TOMORROW -> new Days(tomorrow, tomorrow.plusDays(1));
            case LAST_WEEK -> new Days(week.minusWeeks(1), week);
            case THIS_WEEK -> new Days(week, week.plusWeeks(1));
            case NEXT_WEEK -> new Days(week.plusWeeks(1), week.plusWeeks(2));
            case LAST_MONTH -> new Days(month.minusMonths(1), month);
            case THIS_MONTH -> new Days(month, month.plusMonths(1));
            case NEXT_MONTH -> new Days(month.plusMonths(1), month.plusMonths(2));
            case LAST_90_DAYS -> new Days(today.minusDays(90), tomorrow);
            case NEXT_90_DAYS -> new Days(tomorrow, tomorrow.plusDays(90));
            case THIS_QUARTER -> new Days(quarter, quarter.plusMonths(3));
            case LAST_QUARTER -> new Days(quarter.minusMonths(3), quarter);
            case NEXT_QUARTER -> new Days(quarter.plusMonths(3), quarter.plusMonths(6));
            case THIS_YEAR -> new Days(year, year.plusYears(1));
            case LAST_YEAR -> new Days(year.minusYears(1), year);
            case NEXT_YEAR -> new Days(year.plusYears(1), year.plusYears(2));
            case LAST_N_DAYS -> new Days(today.minusDays(n), tomorrow);
            case NEXT_N_DAYS -> new Days(tomorrow, tomorrow.plusDays(n));
            case N_DAYS_AGO -> new Days(today.minusDays(n), today.minusDays(n).plusDays(1));
            case LAST_N_WEEKS -> new Days(week.minusWeeks(n), week);
            case NEXT_N_WEEKS -> new Days(week.plusWeeks(1), week.plusWeeks(n + 1L));
            case LAST_N_MONTHS -> new Days(month.minusMonths(n), month);
            case NEXT_N_MONTHS -> new Days(month.plusMonths(1), month.plusMonths(n + 1L));
            case LAST_N_QUARTERS -> new Days(quarter.minusMonths(3L * n), quarter);
            case NEXT_N_QUARTERS -> new Days(quarter.plusMonths(3), quarter.plusMonths(3L * (n + 1L)));
            case LAST_N_YEARS -> new Days(year.minusYears(n), year);
            case NEXT_N_YEARS -> new Days(year.plusYears(1), year.plusYears(n + 1L));
        };
    }
}
