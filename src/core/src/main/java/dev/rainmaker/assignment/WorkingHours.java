package dev.rainmaker.assignment;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Business hours of a week in local time.
 *
 * @param byDay spans per day, in order and apart; a day that is absent is closed
 */
public record WorkingHours(Map<DayOfWeek, List<Span>> byDay) {

    /** Monday to Friday, 9 to 17. */
    public static final WorkingHours OFFICE = office();

    /**
     * @param from first minute inside
     * @param until first minute outside; {@link LocalTime#MIDNIGHT} means the end of the day
     */
    public record Span(LocalTime from, LocalTime until) {
        public Span {
            if (!until.equals(LocalTime.MIDNIGHT) && !from.isBefore(until)) {
                throw new IllegalArgumentException(
                        "business hours must end after they begin: " + from + " to " + until);
            }
        }
    }

    public WorkingHours {
        Map<DayOfWeek, List<Span>> copy = new EnumMap<>(DayOfWeek.class);
        byDay.forEach((day, spans) -> {
            for (int i = 1; i < spans.size(); i++) {
                LocalTime before = spans.get(i - 1).until();
                if (before.equals(LocalTime.MIDNIGHT) || spans.get(i).from().isBefore(before)) {
                    throw new IllegalArgumentException("the business hours of " + day + " overlap or are out of order");
                }
            }
            if (!spans.isEmpty()) {
                copy.put(day, List.copyOf(spans));
            }
        });
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("business hours need at least one open day");
        }
        byDay = Collections.unmodifiableMap(copy);
    }

    List<Span> on(DayOfWeek day) {
        return byDay.getOrDefault(day, List.of());
    }

    private static WorkingHours office() {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY) {
                week.put(day, List.of(new Span(LocalTime.of(9, 0), LocalTime.of(17, 0))));
            }
        }
        return new WorkingHours(week);
    }
}
