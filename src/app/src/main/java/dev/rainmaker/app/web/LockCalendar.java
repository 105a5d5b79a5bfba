package dev.rainmaker.app.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The locks that hold now as bars over the months they reach into, with today as a line. */
final class LockCalendar {

    private static final int WIDTH = 900;
    private static final int NAMES = 260;
    private static final int ROW = 24;
    private static final int HEAD = 24;
    private static final int MOST = 40;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);

    private LockCalendar() {}

    /** @param bars the next to end first; empty where there is none */
    static Optional<String> of(List<DealsController.Bar> bars, Instant now, ZoneId zone) {
        List<DealsController.Bar> shown = bars.subList(0, Math.min(MOST, bars.size()));
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        ZonedDateTime first = monthOf(
                shown.stream()
                        .map(bar -> bar.lock().period().from())
                        .min(Instant::compareTo)
                        .orElse(now),
                zone);
        ZonedDateTime end = monthOf(
                        shown.stream()
                                .map(bar -> bar.lock().period().until())
                                .max(Instant::compareTo)
                                .orElse(now),
                        zone)
                .plusMonths(1);
        double scale = (WIDTH - 8.0 - NAMES) / (end.toEpochSecond() - first.toEpochSecond());
        int height = HEAD + shown.size() * ROW + 6;
        Svg svg = new Svg(WIDTH, height, "calendar", "Until when each lock holds; the table below says the same");
        int months = (int) java.time.temporal.ChronoUnit.MONTHS.between(first, end);
        int everyNth = Math.max(1, (int) Math.ceil(months / 8.0));
        for (int i = 0; i < months; i++) {
            ZonedDateTime month = first.plusMonths(i);
            double x = x(month.toInstant(), first, scale);
            svg.line(x, HEAD - 6, x, height, "grid");
            if (i % everyNth == 0) {
                svg.text(x + 4, HEAD - 9, "start", MONTH.format(month));
            }
        }
        for (int i = 0; i < shown.size(); i++) {
            bar(svg, shown.get(i), HEAD + i * ROW, first, scale, zone);
        }
        double today = x(now, first, scale);
        svg.line(today, HEAD - 6, today, height, "target");
        return Optional.of(svg.markup());
    }

    private static void bar(
            Svg svg, DealsController.Bar bar, double y, ZonedDateTime first, double scale, ZoneId zone) {
        double from = x(bar.lock().period().from(), first, scale);
        double until = x(bar.lock().period().until(), first, scale);
        LocalDate last = bar.lock().period().until().minusNanos(1).atZone(zone).toLocalDate();
        svg.text(NAMES - 8, y + 14, "end", cut(bar.customer(), 38));
        svg.rect(
                from,
                y + 2,
                until - from,
                ROW - 6,
                bar.daysLeft() <= 14 ? "m2" : "m0",
                bar.holder() + " holds " + bar.customer() + " ("
                        + bar.lock().scope().text() + ") through " + last);
        String holder = cut(bar.holder(), (int) ((until - from) / 7));
        if (holder.length() > 3) {
            svg.text(from + 5, y + 15, "start", "on", holder);
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : most < 2 ? "" : text.substring(0, most - 1) + "…";
    }

    private static double x(Instant at, ZonedDateTime first, double scale) {
        return NAMES + (at.getEpochSecond() - first.toEpochSecond()) * scale;
    }

    private static ZonedDateTime monthOf(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
    }
}
