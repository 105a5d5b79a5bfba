package dev.rainmaker.assignment;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Business time of one office. Spans are turned into instants before they are measured, so a day on which clocks change
 * counts the hours that really pass: a skipped hour is never worked, a doubled one is worked once per pass.
 *
 * @param country for holidays, null where there are none to keep
 */
public record BusinessClock(
        WorkingHours hours,
        ZoneId zone,
        Holidays holidays,
        @Nullable String country) {

    /** Days after which a deadline counts as unreachable: two years of holidays are a wrong calendar. */
    private static final int HORIZON_DAYS = 731;

    /** Whether the office is open at {@code now}. */
    public boolean openAt(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate();
        return !closed(day)
                && hours.on(day.getDayOfWeek()).stream()
                        .anyMatch(span -> !now.isBefore(start(day, span)) && now.isBefore(end(day, span)));
    }

    /**
     * The instant at which {@code time} of business time has passed since {@code from}: the earliest such instant, so a
     * deadline that is used up at closing time falls on closing time, not on the next morning.
     *
     * @throws IllegalStateException if it is not reached within two years
     */
    public Instant after(Instant from, Duration time) {
        Duration left = time;
        LocalDate day = from.atZone(zone).toLocalDate();
        for (int i = 0; i < HORIZON_DAYS; i++, day = day.plusDays(1)) {
            if (closed(day)) {
                continue;
            }
            for (WorkingHours.Span span : hours.on(day.getDayOfWeek())) {
                Instant begin = later(start(day, span), from);
                Instant end = end(day, span);
                if (!begin.isBefore(end)) {
                    continue;
                }
                Duration here = Duration.between(begin, end);
                if (here.compareTo(left) >= 0) {
                    return begin.plus(left);
                }
                left = left.minus(here);
            }
        }
        throw new IllegalStateException("no " + time + " of business time within two years of " + from
                + ": check business hours and holidays of " + zone + " " + country);
    }

    private boolean closed(LocalDate day) {
        return country != null && holidays.isHoliday(country, day);
    }

    private Instant start(LocalDate day, WorkingHours.Span span) {
        return instant(day, span.from());
    }

    private Instant end(LocalDate day, WorkingHours.Span span) {
        return span.until().equals(LocalTime.MIDNIGHT)
                ? day.plusDays(1).atStartOfDay(zone).toInstant()
                : instant(day, span.until());
    }

    /** A local time that a clock change skips stands for the instant of the change. */
    private Instant instant(LocalDate day, LocalTime time) {
        var transition = zone.getRules().getTransition(day.atTime(time));
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : day.atTime(time).atZone(zone).toInstant();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
